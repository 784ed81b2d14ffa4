package dev.kagami.mirror.compensation;

import java.time.Duration;

/**
 * How long to wait for other sites, and for how many ends of writes.
 *
 * @param answer for one answer, before it counts as unknown
 * @param firstRetry before something that was not acknowledged is sent again
 * @param longestRetry the same, after it has failed many times
 * @param settling between two announcements of what is settled
 * @param owed how many writes may be remembered because sites that are away have not heard how they
 *     ended; older ones are brought with all that these missed; the own cluster may owe ten times
 *     as many before no further write is taken
 */
public record Patience(
    Duration answer, Duration firstRetry, Duration longestRetry, Duration settling, int owed) {
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(3),
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          1000);

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
    if (owed < 0) {
      throw new IllegalArgumentException(owed + " writes cannot be remembered");
    }
  }

  /** The same with so many writes remembered for sites that are away. */
  public Patience remembering(int writes) {
    return new Patience(answer, firstRetry, longestRetry, settling, writes);
  }

  /** While the own cluster has so many writes still to undo, no further one is taken. */
  public int mostOwed() {
    return 10 * Math.max(1, owed);
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
