package dev.kagami.gateway.placement;

import dev.kagami.core.store.Node.Description;
import java.util.Optional;

/**
 * What is known of an agent.
 *
 * @param description what it said of itself last, if it ever did
 * @param lastError why it is not used or not heard of, or of the last time that was so; empty if it
 *     never was
 */
public record AgentStatus(State state, Optional<Description> description, String lastError) {
  /** Where an agent stands. */
  public enum State {
    /** It has not introduced itself yet. */
    CONNECTING,
    /** It fits and answered the last time. */
    READY,
    /** It fitted and did not answer the last time; it is still asked. */
    SILENT,
    /** What it said of itself does not fit, or it refuses to say; it is asked for nothing else. */
    REFUSED,
    /** It is not where it was, nor seen elsewhere; it is known and asked for nothing. */
    VANISHED
  }

  static final AgentStatus UNMET =
      new AgentStatus(State.CONNECTING, Optional.empty(), "it has not introduced itself yet");

  /** Whether it is asked for anything but its description. */
  public boolean isUsed() {
    return switch (state) {
      case READY, SILENT -> true;
      case CONNECTING, REFUSED, VANISHED -> false;
    };
  }

  AgentStatus ready(Description said) {
    return new AgentStatus(
        State.READY, Optional.of(said), state == State.CONNECTING ? "" : lastError);
  }

  /** It is seen again, or elsewhere, and has to say anew who it is. */
  AgentStatus returning() {
    return new AgentStatus(State.CONNECTING, description, UNMET.lastError());
  }

  AgentStatus vanished(String why) {
    return new AgentStatus(State.VANISHED, description, why);
  }

  AgentStatus refused(Description said, String why) {
    return new AgentStatus(State.REFUSED, Optional.of(said), why);
  }

  AgentStatus failing(String why) {
    return new AgentStatus(isUsed() ? State.SILENT : State.REFUSED, description, why);
  }

  AgentStatus silent(String why) {
    return new AgentStatus(isUsed() ? State.SILENT : state, description, why);
  }
}
