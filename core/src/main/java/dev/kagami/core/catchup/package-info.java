/**
 * How a store gets what it missed, whatever the reason: by the change logs of one that has it.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.catchup.CatchUpLoop} from a source to a target, again and again
 *   <li>{@link dev.kagami.core.catchup.Positions} how far the target has come, {@link
 *       dev.kagami.core.catchup.Progress} the same for people
 *   <li>{@link dev.kagami.core.catchup.Pace} how often, how much at once, how long to wait
 * </ul>
 *
 * <p>Laws: a position moves only when the target has acknowledged everything up to it, so losing
 * one costs time and nothing else. Only versions and marks are sent, as they are, so it does not
 * matter how often, in which order, or by how many loops.
 */
package dev.kagami.core.catchup;
