/**
 * Tells agents when to build and save their indexes: what Vald's index manager does. Our own agents
 * link and save by themselves and need none of it; Vald's do.
 *
 * <ul>
 *   <li>{@link dev.kagami.gateway.indexing.IndexingSettings} when and whom, as configured
 *   <li>{@link dev.kagami.gateway.indexing.Indexing} the timers
 *   <li>{@link dev.kagami.gateway.indexing.IndexedAgent} an agent to be told, {@link
 *       dev.kagami.gateway.indexing.RemoteIndexedAgent} over gRPC
 * </ul>
 */
package dev.kagami.gateway.indexing;
