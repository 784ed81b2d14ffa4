package dev.kagami.mirror.mesh;

import java.time.Duration;
import java.time.Instant;

/**
 * Failures in a row. Immutable.
 *
 * @param first when they began; meaningless if there are none
 */
record Failures(int inARow, Instant first) {
  static final Failures NONE = new Failures(0, Instant.EPOCH);

  Failures andOneMore(Instant now) {
    return new Failures(inARow + 1, inARow == 0 ? now : first);
  }

  boolean reach(HealthLimits limits, Instant now) {
    return limits.areReached(inARow, Duration.between(first, now));
  }
}
