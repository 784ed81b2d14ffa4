package dev.kagami.core.catchup;

import dev.kagami.core.store.Changes;
import java.time.Duration;

/**
 * How a loop goes about its work.
 *
 * @param period between two looks for changes
 * @param delay how far it keeps behind, so that what is on its way by itself is not sent again
 * @param answer how long one answer may take
 * @param longestRetry the longest wait after failures; the first is {@code period}
 * @param page changes that are looked at together, at most {@value Changes#MAX_PAGE}
 */
public record Pace(
    Duration period, Duration delay, Duration answer, Duration longestRetry, int page) {
  public static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          256);

  public Pace {
    for (var each : new Duration[] {period, answer, longestRetry}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("a wait of " + each + " is not longer than nothing");
      }
    }
    if (delay.isNegative() || page < 1 || page > Changes.MAX_PAGE) {
      throw new IllegalArgumentException("delay " + delay + " or page " + page + " cannot be");
    }
  }

  /** How long to wait after {@code failures} in a row. */
  Duration retryAfter(int failures) {
    var wait = period;
    for (int i = 1; i < failures && wait.compareTo(longestRetry) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
  }
}
