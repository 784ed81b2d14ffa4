package dev.kagami.core.catchup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notes since when a target is behind, and how fast it comes closer. Not thread-safe. */
final class Headway {
  private Optional<Instant> behindSince = Optional.empty();
  private Instant began = Instant.EPOCH;
  private Instant latest = Instant.EPOCH;
  private long moved;

  /** A pass begins. */
  void begin(Instant now) {
    began = now;
    latest = now;
    moved = 0;
  }

  /** The target lacks, or may lack, changes that were there {@code since} this time. */
  void behind(Instant since) {
    behindSince = behindSince.or(() -> Optional.of(since));
  }

  /** It lacks nothing that the loop looks at. */
  void atTheEnd() {
    behindSince = Optional.empty();
  }

  /** It has so many changes more. */
  void moved(long changes, Instant now) {
    moved += changes;
    latest = now;
  }

  Duration lag(Instant now) {
    return behindSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
  }

  double perSecond() {
    long nanos = Duration.between(began, latest).toNanos();
    return nanos > 0 ? 1e9 * moved / nanos : 0;
  }
}
