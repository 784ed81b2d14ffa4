package dev.kagami.agent.index;

import dev.kagami.agent.log.LogRecord;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Optional;

/**
 * Forgets removals and undos that nobody has to hear of any more. Goes through all ids by pages, so
 * that no turn is long; what was written meanwhile is younger than the horizon anyway. Thread-safe.
 *
 * <p>Law: first late writes are refused, then what they would have met is forgotten.
 */
final class Trimming {
  private static final int PAGE = 256;

  private final Ledger ledger;

  Trimming(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Takes its time with many ids.
   *
   * @return the log's number of the last record that came of it; 0 if nothing did
   */
  long run(Horizon horizon) {
    long known = horizon.knownIn(ledger.log().identity());
    long last = ledger.inTurn(() -> refuse(horizon.upTo()));
    var cursor = Optional.of(HeadCursor.START);
    while (cursor.isPresent()) {
      var page = ledger.contents().lineages(cursor.get(), PAGE);
      var old = page.stream().filter(lineage -> isDue(lineage, horizon.upTo(), known)).toList();
      if (!old.isEmpty()) {
        var ids = old.stream().map(Lineage::id).toList();
        last = Math.max(last, ledger.inTurn(() -> forget(ids, horizon.upTo(), known)));
      }
      cursor = Lineage.behind(page, PAGE);
    }
    return last;
  }

  private long refuse(Stamp upTo) {
    return upTo.compareTo(ledger.contents().trimmed()) > 0
        ? ledger.perform(new LogRecord.Trimmed(upTo))
        : 0;
  }

  private long forget(List<VectorId> ids, Stamp upTo, long known) {
    long last = 0;
    for (var id : ids) {
      if (isDue(ledger.contents().lineage(id), upTo, known)) {
        last = ledger.perform(new LogRecord.Forgotten(id, upTo));
      }
    }
    return last;
  }

  private static boolean isDue(Lineage lineage, Stamp upTo, long known) {
    return lineage.changeSeq() <= known && lineage.isTrimmable(upTo);
  }
}
