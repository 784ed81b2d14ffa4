package dev.kagami.mirror.compensation;

import java.time.Duration;

/**
 * How long to wait for other sites.
 *
 * @param answer for one answer, before it counts as unknown
 * @param firstRetry before something that was not acknowledged is sent again
 * @param longestRetry the same, after it has failed many times
 * @param settling between two announcements of what is settled
 */
public record Patience(
    Duration answer, Duration firstRetry, Duration longestRetry, Duration settling) {
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(3),
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  public Patience {
    for (var each : new Duration[] {answer, firstRetry, longestRetry, settling}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("a wait of " + each + " is not longer than nothing");
      }
    }
    if (longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "the longest wait " + longestRetry + " is shorter than the first, " + firstRetry);
    }
  }

  /** How long to wait after {@code failures} in a row, before jitter. */
  Duration retryAfter(int failures) {
    var wait = firstRetry;
    for (int i = 1; i < failures && wait.compareTo(longestRetry) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
  }
}
