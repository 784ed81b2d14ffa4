package dev.kagami.mirror.mesh;

/** How this process sees a target, in the words of Vald's custom resource. */
public enum TargetPhase {
  /** Known, not tried yet. */
  PENDING,
  /** Answers. */
  CONNECTED,
  /** Has failed too often for too long. */
  DISCONNECTED,
  /** Reached, but what it says of itself cannot be right, so it is not used. */
  UNKNOWN
}
