package dev.kagami.core.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Virtual time: nothing happens until a test advances it, and then on the thread that does so, in
 * the order of the due times (equal ones in the order in which they were scheduled). Tasks may
 * schedule further tasks. Thread-safe; tasks run outside the lock.
 */
public final class ControlledScheduler implements Scheduler {
  /** Some time of day, so that neither midnight nor 1970 is special. */
  public static final Instant START = Instant.parse("2030-03-04T05:06:07.008009010Z");

  private static final Comparator<Timer> BY_DUE =
      Comparator.comparing(Timer::due).thenComparingLong(Timer::number);

  private record Timer(Instant due, long number, Runnable task) {
    /** Cancelling looks through all that wait, so this has to be quick. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Timer that && number == that.number;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }

  // All state is guarded by this.
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(BY_DUE);
  private Instant elapsed = START;
  private Duration wallOffset = Duration.ZERO;
  private long timersMade;

  @Override
  public synchronized Instant instant() {
    return elapsed.plus(wallOffset);
  }

  @Override
  public synchronized Cancellable after(Duration delay, Runnable task) {
    var timer = new Timer(elapsed.plus(delay), timersMade++, task);
    timers.add(timer);
    return () -> cancel(timer);
  }

  /** Lets {@code duration} pass and runs all that falls due meanwhile, each at its own time. */
  public void advance(Duration duration) {
    var end = elapsed().plus(duration);
    for (var due = nextBy(end); due.isPresent(); due = nextBy(end)) {
      due.get().run();
    }
    finishAt(end);
  }

  /** Lets time pass until the next timer is due and runs it; false if there is none. */
  public boolean runNext() {
    var next = nextBy(Instant.MAX);
    next.ifPresent(Runnable::run);
    return next.isPresent();
  }

  /**
   * Sets the wall clock forward or back, as an administrator does. No time passes and timers keep
   * their distance.
   */
  public synchronized void shiftWallClock(Duration shift) {
    wallOffset = wallOffset.plus(shift);
  }

  /** How many timers wait. */
  public synchronized int pending() {
    return timers.size();
  }

  private synchronized Instant elapsed() {
    return elapsed;
  }

  private synchronized Optional<Runnable> nextBy(Instant end) {
    var next = timers.peek();
    if (next == null || next.due().isAfter(end)) {
      return Optional.empty();
    }
    timers.remove();
    finishAt(next.due());
    return Optional.of(next.task());
  }

  private synchronized void finishAt(Instant end) {
    if (end.isAfter(elapsed)) {
      elapsed = end;
    }
  }

  private synchronized void cancel(Timer timer) {
    timers.remove(timer);
  }
}
