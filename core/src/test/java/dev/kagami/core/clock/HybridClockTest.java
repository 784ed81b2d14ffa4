package dev.kagami.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  private static final WriterNumber WRITER = new WriterNumber(3, 17);
  private static final WriterNumber GREATER_WRITER = new WriterNumber(9, 1);
  private static final long TICK_NANOS = 1024;

  private final ControlledScheduler wall = new ControlledScheduler();
  private final HybridClock clock = new HybridClock(wall, WRITER, Stamp.NONE);

  @Test
  void wallClockMoves_readingsFollowItWithinTwoTicks() {
    for (int i = 0; i < 100; i++) {
      wall.advance(Duration.ofNanos(123_457));

      var reading = clock.next();

      long ahead = reading.value() - Timestamp.of(wall.instant()).unixNanos();
      assertThat(ahead).isBetween(-TICK_NANOS, TICK_NANOS);
      assertThat(reading.writer()).isEqualTo(WRITER);
    }
  }

  @Test
  void wallClockStands_readingsGoOn() {
    var before = clock.next();
    for (int i = 0; i < 10_000; i++) {
      var reading = clock.next();
      assertThat(reading).isGreaterThan(before);
      assertThat(clock.latest()).isEqualTo(reading);
      before = reading;
    }
  }

  @Test
  void wallClockStepsBackAnHour_readingsDoNot() {
    var before = clock.next();

    wall.shiftWallClock(Duration.ofHours(-1));

    assertThat(clock.next()).isGreaterThan(before);
  }

  @Test
  void manyThreadsRead_eachReadingIsUniqueAndAscendsInItsThread() throws Exception {
    int threads = 4;
    int readings = 20_000;
    Callable<List<Stamp>> reader =
        () -> {
          var mine = new ArrayList<Stamp>();
          for (int i = 0; i < readings; i++) {
            mine.add(clock.next());
          }
          return mine;
        };

    var all = new HashSet<Stamp>();
    try (var executor = Executors.newFixedThreadPool(threads, task -> new Thread(task, "reader"))) {
      for (var one : executor.invokeAll(List.of(reader, reader, reader, reader))) {
        assertThat(one.get()).isSorted();
        all.addAll(one.get());
      }
    }

    assertThat(all).hasSize(threads * readings);
  }

  @Test
  void clocksOfTwoWriters_neverGiveTheSameStamp() {
    var other = new HybridClock(wall, GREATER_WRITER, Stamp.NONE);

    for (int i = 0; i < 1_000; i++) {
      assertThat(clock.next()).isNotEqualTo(other.next());
    }
  }

  @Test
  void floorIsGiven_readingsBeginAboveIt() {
    var floor = new HybridClock(wall, GREATER_WRITER, Stamp.NONE).next();
    wall.shiftWallClock(Duration.ofHours(-1));

    var restarted = new HybridClock(wall, WRITER, floor);

    assertThat(restarted.next()).isGreaterThan(floor);
  }

  @Test
  void stampOfTheSameTickFromGreaterWriterIsSeen_nextIsGreater() {
    var seen = new HybridClock(wall, GREATER_WRITER, Stamp.NONE).next();

    assertThat(clock.observe(seen)).isTrue();

    assertThat(clock.next()).isGreaterThan(seen);
  }

  @Test
  void stampIsAsFarAheadAsBelieved_isAdopted() {
    var seen = aheadBy(HybridClock.MAX_AHEAD);

    assertThat(clock.observe(seen)).isTrue();

    assertThat(clock.next()).isGreaterThan(seen);
  }

  @Test
  void stampIsTooFarAhead_isRefusedAndTheClockStays() {
    var before = clock.next();
    var tooFar = aheadBy(HybridClock.MAX_AHEAD.plus(Duration.ofNanos(TICK_NANOS)));

    assertThat(clock.observe(tooFar)).isFalse();
    assertThat(clock.observe(new Stamp(Long.MAX_VALUE))).isFalse();

    assertThat(clock.latest()).isEqualTo(before);
    assertThat(clock.next()).isLessThan(tooFar);
  }

  @Test
  void olderStampIsSeen_theClockStays() {
    var reading = clock.next();

    assertThat(clock.observe(new Stamp(1))).isTrue();

    assertThat(clock.latest()).isEqualTo(reading);
  }

  @Test
  void readingHasToBePastTimestamp_isLaterThanIt() {
    var soon = Timestamp.of(wall.instant().plus(Duration.ofMinutes(5)));
    var longAgo = new Timestamp(5);

    assertThat(clock.nextAfter(longAgo).asTimestamp()).isGreaterThan(longAgo);
    assertThat(clock.nextAfter(soon).asTimestamp()).isGreaterThan(soon);
    assertThat(clock.next().asTimestamp()).as("and stays past it").isGreaterThan(soon);
  }

  private Stamp aheadBy(Duration duration) {
    long tick = Timestamp.of(wall.instant()).unixNanos() / TICK_NANOS;
    return new Stamp(tick * TICK_NANOS + duration.toNanos());
  }
}
