package dev.kagami.mirror.simulation;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Carries messages between places, as well as a run's faults allow. */
final class Network {
  private static final int MICROS = 1_000;

  private final ControlledScheduler time;
  private final SplittableRandom random;
  private final Trace trace;
  private final Map<Way, Integer> cuts = new HashMap<>();
  private final Map<Sky, Integer> skies = new EnumMap<>(Sky.class);

  private record Way(String from, String to) {}

  /** Whether a message may come a second time, much later. */
  enum Repeat {
    NEVER,
    POSSIBLE
  }

  Network(ControlledScheduler time, SplittableRandom random, Trace trace) {
    this.time = time;
    this.random = random;
    this.trace = trace;
  }

  /** Nothing gets from one place to the other any more. */
  void cut(String from, String to) {
    cuts.merge(new Way(from, to), 1, Integer::sum);
  }

  /** Takes one cut back. */
  void mend(String from, String to) {
    cuts.computeIfPresent(new Way(from, to), (_, count) -> count > 1 ? count - 1 : null);
  }

  void begin(Sky sky) {
    skies.merge(sky, 1, Integer::sum);
  }

  /** Takes one back. */
  void end(Sky sky) {
    skies.computeIfPresent(sky, (_, count) -> count > 1 ? count - 1 : null);
  }

  /** Does something later, which no fault keeps from happening. */
  void after(Duration delay, Runnable task) {
    time.after(delay, task);
  }

  void send(String from, String to, Repeat repeat, Runnable arrival) {
    trace.note(Timestamp.of(time.instant()).unixNanos());
    trace.note(from.hashCode());
    trace.note(to.hashCode());
    if (cuts.containsKey(new Way(from, to))) {
      return;
    }
    skies.keySet().stream()
        .findFirst()
        .ifPresentOrElse(
            sky -> send(sky, repeat, arrival),
            () -> arriveAfter(delayMicros(isNear(from, to) ? 1 : 6), arrival));
  }

  private void send(Sky sky, Repeat repeat, Runnable arrival) {
    int fate = random.nextInt(20);
    if (fate < sky.lost) {
      return;
    }
    arriveAfter(delayMicros(fate < sky.lost + sky.late ? 6_000 : sky.millis), arrival);
    if (repeat == Repeat.POSSIBLE && random.nextInt(8) < sky.repeated) {
      arriveAfter(delayMicros(8_000), arrival);
    }
  }

  /** A site's cluster is called by the site's name and more. */
  private static boolean isNear(String from, String to) {
    return from.startsWith(to) || to.startsWith(from);
  }

  private long delayMicros(int upToMillis) {
    return 100L + random.nextInt(upToMillis * MICROS);
  }

  private void arriveAfter(long micros, Runnable arrival) {
    time.after(Duration.ofNanos(micros * MICROS), arrival);
  }
}
