package dev.kagami.core.store;

import java.util.UUID;

/**
 * A place in a {@link ChangeLog}: everything up to it is known. A number, never a time.
 *
 * @param seq number of the last change that is known; 0 before the first
 */
public record ChangePosition(UUID log, long seq) {
  public ChangePosition {
    if (seq < 0) {
      throw new IllegalArgumentException("position " + seq + " is below 0");
    }
  }

  /** Where nothing of {@code log} is known. */
  public static ChangePosition beginning(UUID log) {
    return new ChangePosition(log, 0);
  }
}
