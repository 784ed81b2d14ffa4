package dev.kagami.mirror.mesh;

import java.time.Duration;

/**
 * When a target counts as disconnected: when both conditions hold. Zero disables a condition; with
 * both disabled no target ever does.
 *
 * @param failures calls without an answer in a row
 * @param minimumTime since the first of these
 * @param longestWait before a target that comes and goes is connected again; zero for none
 */
public record HealthLimits(int failures, Duration minimumTime, Duration longestWait) {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  public HealthLimits {
    if (failures < 0 || minimumTime.isNegative() || longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "limits of a target's health are 0 or more, not "
              + failures
              + ", "
              + minimumTime
              + " and "
              + longestWait);
    }
  }

  /** With a longest wait of half a minute. */
  public HealthLimits(int failures, Duration minimumTime) {
    this(failures, minimumTime, USUAL_WAIT);
  }

  boolean areReached(int inARow, Duration lasted) {
    boolean enabled = failures > 0 || minimumTime.isPositive();
    return enabled && inARow >= failures && lasted.compareTo(minimumTime) >= 0;
  }
}
