/**
 * What targets missed, by core's loop: one loop for each target that was reached since this process
 * began.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.catchup.CatchUp} the loops of this process
 *   <li>{@link dev.kagami.mirror.catchup.EverythingMissed} what a target has to have before it is
 *       connected
 *   <li>{@link dev.kagami.mirror.catchup.Retention} what the own cluster may forget, as all have it
 *   <li>{@link dev.kagami.mirror.catchup.PositionRepository} how far each target has come, kept in
 *       the database by {@link dev.kagami.mirror.catchup.JpaPositionRepository}
 * </ul>
 *
 * <p>Each process of a site runs its own loops; two for one target only do the work twice.
 */
package dev.kagami.mirror.catchup;
