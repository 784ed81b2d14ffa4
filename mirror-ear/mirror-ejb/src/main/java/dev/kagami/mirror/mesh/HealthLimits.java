package dev.kagami.mirror.mesh;

import java.time.Duration;

/**
 * When a target counts as disconnected: when both conditions hold. Zero disables a condition; with
 * both disabled no target ever does.
 *
 * @param failures calls without an answer in a row
 * @param minimumTime since the first of these
 */
public record HealthLimits(int failures, Duration minimumTime) {

  public HealthLimits {
    if (failures < 0 || minimumTime.isNegative()) {
      throw new IllegalArgumentException(
          "limits of a target's health are 0 or more, not " + failures + " and " + minimumTime);
    }
  }

  boolean areReached(int inARow, Duration lasted) {
    boolean enabled = failures > 0 || minimumTime.isPositive();
    return enabled && inARow >= failures && lasted.compareTo(minimumTime) >= 0;
  }
}
