/**
 * What targets missed, by core's loop: one loop for each target that was reached since this process
 * began.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.catchup.CatchUp} the loops of this process
 *   <li>{@link dev.kagami.mirror.catchup.EverythingMissed} what a target has to have before it is
 *       connected
 *   <li>{@link dev.kagami.mirror.catchup.Retention} what the own cluster may forget, as all have it
 *   <li>{@code Shares} which targets are this process's turn, a {@code Share} each, by {@link
 *       dev.kagami.mirror.catchup.Lease}s
 *   <li>{@link dev.kagami.mirror.catchup.PositionRepository} how far each target has come and who
 *       has its lease, kept in the database by {@link
 *       dev.kagami.mirror.catchup.JpaPositionRepository}
 * </ul>
 *
 * <p>Of the processes of a site, one at a time has the lease of a target, brings it what it misses
 * and says how far it has come. Each makes sure by itself that a target that is back has
 * everything, before it counts it as connected; two that bring the same only do the work twice.
 */
package dev.kagami.mirror.catchup;
