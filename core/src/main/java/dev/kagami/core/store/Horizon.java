package dev.kagami.core.store;

import java.util.List;
import java.util.UUID;

/**
 * What need not be remembered any longer: removals and undos that are old, and that everybody knows
 * of who is to know. Both have to be the case.
 *
 * @param upTo what was stamped or dated later is not old yet
 * @param known up to where of each change log everybody has everything; of other logs nobody does
 */
public record Horizon(Stamp upTo, List<ChangePosition> known) {
  public Horizon {
    known = List.copyOf(known);
  }

  /** The number of the last change of {@code log} that everybody knows; 0 if there is none. */
  public long knownIn(UUID log) {
    return known.stream()
        .filter(position -> position.log().equals(log))
        .mapToLong(ChangePosition::seq)
        .findFirst()
        .orElse(0);
  }
}
