package dev.kagami.core.store;

import static java.util.Comparator.comparingInt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who stamps by which number, as far as one agent has heard: first come, first served, and lost
 * when not claimed again for {@link #LEASE}. In memory only: whoever has a number claims it again
 * within a second. Thread-safe.
 */
public final class WriterClaims {
  /** How long a number stays with a process that is not heard of. */
  public static final Duration LEASE = Duration.ofSeconds(6);

  private record Granted(WriterClaim claim, Instant until) {}

  private final InstantSource clock;

  // By number; guarded by this.
  private final Map<WriterNumber, Granted> granted = new HashMap<>();

  public WriterClaims(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Grants {@code wish} unless another process has the number. A process that wishes for another
   * number than before gives the old one back.
   *
   * @return all that are granted now, by number
   */
  public synchronized List<WriterClaim> claim(WriterClaim wish) {
    var now = clock.instant();
    granted.values().removeIf(one -> !now.isBefore(one.until()) || one.claim().run() == wish.run());
    granted.putIfAbsent(wish.writer(), new Granted(wish, now.plus(LEASE)));
    return granted.values().stream()
        .map(Granted::claim)
        .sorted(comparingInt(claim -> claim.writer().bits()))
        .toList();
  }
}
