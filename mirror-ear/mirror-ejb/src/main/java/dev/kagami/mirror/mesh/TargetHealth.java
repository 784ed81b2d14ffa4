package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a target counts as connected, by what became of the calls to it. Disconnected takes
 * <em>both</em> enough failures in a row and enough time since the first of them; a limit of zero
 * disables its condition, and if both are disabled nothing disconnects. One success resets. The
 * rule is Infinispan's for taking a site offline. Immutable.
 *
 * @param failures in a row
 * @param firstFailure when these began; meaningless if there are none
 */
record TargetHealth(HealthLimits limits, TargetPhase phase, int failures, Instant firstFailure) {

  TargetHealth {
    requireNonNull(limits, "limits");
    requireNonNull(phase, "phase");
    requireNonNull(firstFailure, "firstFailure");
  }

  /** Of a target that nobody has called yet. */
  static TargetHealth pending(HealthLimits limits) {
    return new TargetHealth(limits, TargetPhase.PENDING, 0, Instant.EPOCH);
  }

  TargetHealth succeeded() {
    return new TargetHealth(limits, TargetPhase.CONNECTED, 0, Instant.EPOCH);
  }

  /** After one more call without an answer. */
  TargetHealth failed(Instant now) {
    var first = failures == 0 ? now : firstFailure;
    boolean disconnected = limits.areReached(failures + 1, Duration.between(first, now));
    return new TargetHealth(
        limits, disconnected ? TargetPhase.DISCONNECTED : phase, failures + 1, first);
  }

  /** After an answer that this mesh cannot use; such a target needs an operator, not patience. */
  TargetHealth refused() {
    boolean wasOurs =
        switch (phase) {
          case CONNECTED, DISCONNECTED -> true;
          case PENDING, UNKNOWN -> false;
        };
    return new TargetHealth(
        limits, wasOurs ? TargetPhase.DISCONNECTED : TargetPhase.UNKNOWN, 0, Instant.EPOCH);
  }
}
