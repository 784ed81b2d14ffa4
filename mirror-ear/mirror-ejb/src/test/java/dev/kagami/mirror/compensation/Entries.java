package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.JournalEntry.Kind;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.util.List;

/** Entries by number: the same one for the same number, later ones with greater stamps. */
final class Entries {
  private static final List<Kind> KINDS = List.of(Kind.values());

  private Entries() {}

  static Stamp stamp(long number) {
    return new Stamp(number << Stamp.WRITER_BITS);
  }

  static JournalEntry entry(long number) {
    return new JournalEntry(
        stamp(number),
        new Timestamp(number * 3),
        new VectorId("id-" + number + "-\u00e9\uD83D\uDE80"),
        KINDS.get((int) (number % KINDS.size())),
        List.of("B", "site C, near \u00d8resund"),
        Status.ACTIVE);
  }
}
