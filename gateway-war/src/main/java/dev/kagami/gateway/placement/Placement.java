package dev.kagami.gateway.placement;

/** Where the versions of an id may be. */
public enum Placement {
  /** At its holders and nowhere else: the agents are always the same ones. */
  EXACT,
  /**
   * At any agent: some have come, so that others hold what they once did not. Reads ask all of
   * them, and a write first looks who keeps something of the id: those get it as well, so that no
   * old copy is left, and who judges whether the id exists is brought up to date before.
   */
  WIDE
}
