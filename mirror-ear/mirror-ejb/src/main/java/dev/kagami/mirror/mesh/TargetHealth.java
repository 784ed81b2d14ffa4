package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Whether a target counts as connected, by what became of the calls to it. Disconnected takes
 * <em>both</em> enough failures in a row and enough time since the first of them; a limit of zero
 * disables its condition, and if both are disabled nothing disconnects. One success resets. The
 * rule is Infinispan's for taking a site offline. Writes are counted beside the calls that look
 * whether it is there: a target that is there and takes no writes is lost too. One that comes is
 * catching up before it is connected, and one that goes too often has to wait longer. Immutable.
 *
 * @param calls that failed
 * @param writes that failed while it was connected
 */
record TargetHealth(
    HealthLimits limits, TargetPhase phase, Failures calls, Failures writes, Flapping flapping) {

  TargetHealth {
    requireNonNull(limits, "limits");
    requireNonNull(phase, "phase");
    requireNonNull(calls, "calls");
    requireNonNull(writes, "writes");
    requireNonNull(flapping, "flapping");
  }

  /** Of a target that nobody has called yet. */
  static TargetHealth pending(HealthLimits limits) {
    return new TargetHealth(
        limits, TargetPhase.PENDING, Failures.NONE, Failures.NONE, Flapping.NEVER);
  }

  /** After an answer; the phase stays as it is. */
  TargetHealth answered() {
    return new TargetHealth(limits, phase, Failures.NONE, writes, flapping);
  }

  /** After a write that it took or judged. */
  TargetHealth wrote() {
    return new TargetHealth(limits, phase, calls, Failures.NONE, flapping);
  }

  /**
   * After one more write that it did not take; only of one that is connected that means anything.
   */
  TargetHealth wroteInVain(Instant now) {
    if (phase != TargetPhase.CONNECTED) {
      return this;
    }
    var more = writes.andOneMore(now);
    return more.reach(limits, now)
        ? in(TargetPhase.DISCONNECTED, flapping.lostAt(now, limits.longestWait()))
        : new TargetHealth(limits, phase, calls, more, flapping);
  }

  /** After an answer of a target that may begin to catch up. */
  TargetHealth returned(Instant now) {
    return switch (phase) {
      case CONNECTED, CATCHING_UP -> answered();
      case PENDING, DISCONNECTED, UNKNOWN ->
          flapping.isOver(now, limits.longestWait())
              ? in(TargetPhase.CATCHING_UP, flapping)
              : answered();
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
    return new TargetHealth(limits, now, Failures.NONE, Failures.NONE, sinceThen);
  }

  /** After one more call without an answer. */
  TargetHealth failed(Instant now) {
    var more = calls.andOneMore(now);
    boolean disconnected = more.reach(limits, now);
    boolean lost = disconnected && phase == TargetPhase.CONNECTED;
    return new TargetHealth(
        limits,
        disconnected ? TargetPhase.DISCONNECTED : phase,
        more,
        writes,
        lost ? flapping.lostAt(now, limits.longestWait()) : flapping);
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
