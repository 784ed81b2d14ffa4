/**
 * Many agents' hits into one answer.
 *
 * <ul>
 *   <li>{@link dev.kagami.gateway.aggregation.TopKAggregator} the nearest of all lists, each id
 *       once
 *   <li>{@link dev.kagami.gateway.aggregation.SearchVerdict} whether enough agents and hits are
 *       there to answer, and with which code if not
 * </ul>
 *
 * <p>Vocabulary: an agent is <em>missing</em> if it failed or was silent; an answer with fewer than
 * <em>replicas</em> agents missing is <em>complete</em>, for every vector lies on some agent that
 * answered; else it is <em>partial</em>.
 */
package dev.kagami.gateway.aggregation;
