package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import java.util.Set;

/**
 * A transaction of this origin that is not over.
 *
 * @param status ACTIVE while it is undecided, COMPENSATING while it is undone, COMPLETED while the
 *     sites hear that it stands, which is after a crash only
 * @param acknowledged names of the sites that know how it ended
 */
public record Unfinished(Stamp stamp, JournalEntry.Status status, Set<String> acknowledged) {
  public Unfinished {
    acknowledged = Set.copyOf(acknowledged);
  }
}
