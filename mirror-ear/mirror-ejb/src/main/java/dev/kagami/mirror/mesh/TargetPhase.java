package dev.kagami.mirror.mesh;

/** How this process sees a target: the words of Vald's custom resource, and one that it has not. */
public enum TargetPhase {
  /** Known, not tried yet. */
  PENDING,
  /** Answers and has all that it missed. */
  CONNECTED,
  /** Answers, and is being brought what it missed; writes are sent to it, but wait for others. */
  CATCHING_UP,
  /** Has failed too often for too long. */
  DISCONNECTED,
  /** Reached, but what it says of itself cannot be right, so it is not used. */
  UNKNOWN
}
