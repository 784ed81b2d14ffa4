package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a target counts as connected, by what became of the calls to it. Disconnected takes
 * <em>both</em> enough failures in a row and enough time since the first of them; a limit of zero
 * disables its condition, and if both are disabled nothing disconnects. One success resets. The
 * rule is Infinispan's for taking a site offline. One that comes is catching up before it is
 * connected, and one that goes too often has to wait longer. Immutable.
 *
 * @param failures in a row
 * @param firstFailure when these began; meaningless if there are none
 */
record TargetHealth(
    HealthLimits limits, TargetPhase phase, int failures, Instant firstFailure, Flapping flapping) {

  TargetHealth {
    requireNonNull(limits, "limits");
    requireNonNull(phase, "phase");
    requireNonNull(firstFailure, "firstFailure");
    requireNonNull(flapping, "flapping");
  }

  /** Of a target that nobody has called yet. */
  static TargetHealth pending(HealthLimits limits) {
    return new TargetHealth(limits, TargetPhase.PENDING, 0, Instant.EPOCH, Flapping.NEVER);
  }

  /** After an answer; the phase stays as it is. */
  TargetHealth answered() {
    return in(phase, flapping);
  }

  /** After an answer of a target that may begin to catch up. */
  TargetHealth returned(Instant now) {
    return switch (phase) {
      case CONNECTED, CATCHING_UP -> answered();
      case PENDING, DISCONNECTED, UNKNOWN ->
          flapping.isOver(now) ? in(TargetPhase.CATCHING_UP, flapping) : answered();
    };
  }

  /** It has all that it missed; only of one that is catching up that means anything. */
  TargetHealth caughtUp(Instant now) {
    return phase == TargetPhase.CATCHING_UP ? connected(now) : this;
  }

  /** It is connected, whatever was before. */
  TargetHealth connected(Instant now) {
    return in(TargetPhase.CONNECTED, flapping.connectedAt(now));
  }

  /** An operator has taken it out. */
  TargetHealth offline() {
    return in(TargetPhase.DISCONNECTED, flapping);
  }

  private TargetHealth in(TargetPhase now, Flapping sinceThen) {
    return new TargetHealth(limits, now, 0, Instant.EPOCH, sinceThen);
  }

  /** After one more call without an answer. */
  TargetHealth failed(Instant now) {
    var first = failures == 0 ? now : firstFailure;
    boolean disconnected = limits.areReached(failures + 1, Duration.between(first, now));
    boolean lost = disconnected && phase == TargetPhase.CONNECTED;
    return new TargetHealth(
        limits,
        disconnected ? TargetPhase.DISCONNECTED : phase,
        failures + 1,
        first,
        lost ? flapping.lostAt(now) : flapping);
  }

  /** After an answer that this mesh cannot use; such a target needs an operator, not patience. */
  TargetHealth refused() {
    boolean wasOurs =
        switch (phase) {
          case CONNECTED, CATCHING_UP, DISCONNECTED -> true;
          case PENDING, UNKNOWN -> false;
        };
    return in(wasOurs ? TargetPhase.DISCONNECTED : TargetPhase.UNKNOWN, flapping);
  }
}
