package dev.kagami.core.clock;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014) whose readings are
 * {@link Stamp}s: follows the wall clock, never runs backwards, moves past every stamp it sees, and
 * is unique by its writer number. Thread-safe, lock-free.
 */
public final class HybridClock {
  /** How far ahead of the wall clock a stamp may be to be believed. */
  public static final Duration MAX_AHEAD = Duration.ofMinutes(10);

  private static final long TICK = 1L << Stamp.WRITER_BITS;
  private static final long TIME = -TICK;

  private final InstantSource wall;
  private final long writer;
  private final AtomicLong last;

  /**
   * @param floor a stamp that all readings will be greater than, such as the greatest one found at
   *     start; {@link Stamp#NONE} if there is none
   */
  public HybridClock(InstantSource wall, WriterNumber writer, Stamp floor) {
    this.wall = wall;
    this.writer = writer.bits();
    this.last = new AtomicLong(floor.value() & TIME);
  }

  /** A stamp greater than all given and seen so far. */
  public Stamp next() {
    return nextAfter(new Timestamp(0));
  }

  /** A stamp greater than all given and seen so far, and later than {@code past}. */
  public Stamp nextAfter(Timestamp past) {
    long earliest = Math.max(wallTime(), (past.unixNanos() & TIME) + TICK);
    long time = last.updateAndGet(previous -> Math.max(earliest, previous + TICK));
    return new Stamp(time | writer);
  }

  /**
   * Moves past {@code seen}.
   *
   * @return false if it is too far ahead of the wall clock to be believed; the clock then stays
   */
  public boolean observe(Stamp seen) {
    long time = seen.value() & TIME;
    if (time - wallTime() > MAX_AHEAD.toNanos()) {
      return false;
    }
    last.accumulateAndGet(time, Math::max);
    return true;
  }

  /** A stamp of this writer in the tick of the greatest one given or seen so far. */
  public Stamp latest() {
    return new Stamp(last.get() | writer);
  }

  private long wallTime() {
    return Timestamp.of(wall.instant()).unixNanos() & TIME;
  }
}
