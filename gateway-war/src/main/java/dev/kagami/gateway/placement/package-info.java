/**
 * The agents of one site behind one {@link dev.kagami.core.store.VectorStore}.
 *
 * <ul>
 *   <li>{@link dev.kagami.gateway.placement.BalancedVectorStore} the port, answered by asking
 *       agents
 *   <li>{@link dev.kagami.gateway.placement.AgentPool} the known agents and who of them is used
 *   <li>{@link dev.kagami.gateway.placement.Agent} one of them, with its {@link
 *       dev.kagami.gateway.placement.AgentStatus}
 *   <li>{@link dev.kagami.gateway.placement.Cluster} what all of them must have in common
 *   <li>{@link dev.kagami.gateway.placement.CorrectionStatus} how even the copies are, with its
 *       {@link dev.kagami.gateway.placement.Findings}, by {@link
 *       dev.kagami.gateway.placement.CorrectionSettings}
 *   <li>{@link dev.kagami.gateway.placement.OwnNumber} by which number this gateway stamps, and
 *       whether it acts for the others of its site
 *   <li>{@link dev.kagami.gateway.placement.SearchCounts} how searches have ended
 *   <li>{@link dev.kagami.gateway.placement.Placement} whether an id may be elsewhere than at its
 *       holders
 * </ul>
 *
 * <p>Inside, in the order of a write: {@code OwnWrites} makes this gateway the origin of a write
 * that nobody has stamped, {@code OwnStamps} remembers its stamps until they are decided, {@code
 * Replication} brings one stamped write to its holders, {@code Undo} takes it back, {@code
 * Settling} tells the agents what is decided; {@code Decisions} do so for other origins. Reads:
 * {@code HolderReads}, {@code BroadcastSearch}, {@code IndexCalls}, {@code ClusterChanges}; and
 * {@code ClusterFlush}, {@code ClusterTrim}. In the background {@code Correction} has a {@code
 * CorrectionRound} mend what a {@code Diagnosis} of each id finds.
 *
 * <p>Vocabulary: a <em>holder</em> of an id is an agent that must have it; the <em>first</em>
 * holder alone judges whether the id exists. An agent is <em>known</em> once it was seen,
 * <em>used</em> once its description has fitted, <em>behind</em> if it has missed writes or may
 * have forgotten some, <em>placed</em> if copies are put on it.
 *
 * <p>Law: only the origin of a stamp voids it.
 */
package dev.kagami.gateway.placement;
