package dev.kagami.mirror.mesh;

/** Whether a wanted address counts as a target. */
public enum Standing {
  /** In the mesh, connected or not: writes here concern it. */
  MEMBER,
  /** This site itself, or one that is a member under another address: nothing is sent to it. */
  REDUNDANT
}
