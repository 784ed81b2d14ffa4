package dev.kagami.core.catchup;

import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How far each log went a while ago: nothing after that is looked at yet. Not thread-safe. */
final class Bounds {
  private final Duration delay;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private Map<UUID, Long> ripe = Map.of();

  private record Seen(Instant at, Map<UUID, Long> ends) {}

  Bounds(Duration delay) {
    this.delay = delay;
  }

  /** Learns how far the logs go now. */
  void see(ChangeLogs logs, Instant now) {
    var ends = new HashMap<UUID, Long>();
    logs.logs().forEach(log -> ends.put(log.identity(), log.end()));
    seen.addLast(new Seen(now, ends));
    while (!seen.isEmpty() && !seen.getFirst().at().plus(delay).isAfter(now)) {
      ripe = seen.removeFirst().ends();
    }
  }

  /** Up to where {@code log} may be read; 0 if it was not there yet. */
  long of(ChangeLog log) {
    return Math.min(log.end(), ripe.getOrDefault(log.identity(), 0L));
  }
}
