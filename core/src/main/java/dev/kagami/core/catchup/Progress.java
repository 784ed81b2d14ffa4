package dev.kagami.core.catchup;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a target is behind, as far as its loop has seen.
 *
 * @param behind changes of the source that it may lack
 * @param lag for how long it has lacked the oldest of these; nothing within the loop's own delay
 * @param perSecond changes that were brought or found there a second, in the pass under way or in
 *     the last one
 * @param trouble what keeps it from coming further; empty if nothing does
 */
public record Progress(long behind, Duration lag, double perSecond, String trouble) {

  /** How long it takes at this pace; nothing if it does not come closer. */
  public Optional<Duration> left() {
    return perSecond > 0
        ? Optional.of(Duration.ofMillis((long) (1000 * behind / perSecond)))
        : Optional.empty();
  }
}
