package dev.kagami.gateway.placement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the correction stands.
 *
 * @param progress 0 to 1 while a round runs
 * @param rounds those that have ended well since the start
 * @param lastEnd of such a round
 * @param findings of the round that runs, or else of the last one
 * @param trouble why the last round ended badly; empty if it did not
 * @param behind agents that are not read from until a round has ended well
 */
public record CorrectionStatus(
    Optional<Double> progress,
    long rounds,
    Optional<Instant> lastEnd,
    Findings findings,
    String trouble,
    List<String> behind) {
  public CorrectionStatus {
    behind = List.copyOf(behind);
  }
}
