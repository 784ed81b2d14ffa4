/**
 * What every role needs, in plain Java: no container, no wire, no disk, no thread, no wall clock.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.error} what can go wrong, in Vald's codes
 *   <li>{@link dev.kagami.core.digest} the one hash that placement and digests rest on
 *   <li>{@link dev.kagami.core.vector} what is stored: ids, vectors, times, distances
 *   <li>{@link dev.kagami.core.store} the port {@code VectorStore} and the words it speaks
 *   <li>{@link dev.kagami.core.clock} stamps and timers
 *   <li>{@link dev.kagami.core.fanout} ask many, keep every answer, judge them
 *   <li>{@link dev.kagami.core.placement} which agents hold an id
 * </ul>
 *
 * <p>Law: a class here imports {@code java.*} and its neighbours only, and never blocks.
 */
package dev.kagami.core;
