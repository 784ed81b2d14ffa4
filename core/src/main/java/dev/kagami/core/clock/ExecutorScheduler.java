package dev.kagami.core.clock;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler of a running process: timers of an executor, beside a wall clock. Whoever made the
 * executor also stops it; it should forget cancelled tasks at once ({@code
 * setRemoveOnCancelPolicy}), since each call with a deadline leaves one. Thread-safe.
 */
public final class ExecutorScheduler implements Scheduler {
  private final ScheduledExecutorService executor;
  private final InstantSource clock;

  public ExecutorScheduler(ScheduledExecutorService executor, InstantSource clock) {
    this.executor = requireNonNull(executor, "executor");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  /**
   * Runs {@code task} on the executor. What it throws goes to its thread's handler of uncaught
   * exceptions.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor was stopped
   */
  @Override
  public Cancellable after(Duration delay, Runnable task) {
    // convert() saturates where Duration.toNanos() would overflow
    long delayNanos = TimeUnit.NANOSECONDS.convert(delay);
    var timer = executor.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  /** The executor alone would keep a failure to itself, in a future that nobody reads. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      var thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      throw failure;
    }
  }
}
