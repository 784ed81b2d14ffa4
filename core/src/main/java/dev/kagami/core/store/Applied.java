package dev.kagami.core.store;

import java.util.Optional;

/**
 * What became of a write that was neither refused nor failed. It is durable.
 *
 * @param standing where the version stands among those of its id
 * @param previous the head that was newest before, if any, read in the same instant
 * @param location who holds it
 */
public record Applied(Standing standing, Optional<Head> previous, Location location) {

  /** Where a version stands among those of its id. */
  public enum Standing {
    /** It is the newest; also the answer for a stamp that is held already. */
    TOP,
    /** A newer one exists that may still be voided, so this one is kept beneath it. */
    BENEATH,
    /** A newer one is settled, so this one was not kept. */
    SUPERSEDED
  }

  public boolean isNewest() {
    return standing == Standing.TOP;
  }
}
