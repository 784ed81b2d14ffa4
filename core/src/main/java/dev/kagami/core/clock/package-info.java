/**
 * Time, as the domain may know it.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.clock.HybridClock} gives stamps: unique, never backwards, past all
 *       that it has seen
 *   <li>{@link dev.kagami.core.clock.Scheduler} runs something later, {@link
 *       dev.kagami.core.clock.ExecutorScheduler} on the threads of a running process
 * </ul>
 *
 * <p>The wall clock comes in as {@link java.time.InstantSource}; nobody else reads it.
 */
package dev.kagami.core.clock;
