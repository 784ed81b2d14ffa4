package dev.kagami.mirror.compensation;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Stamp;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The durable memory of an origin. It survives the process, so that a transaction that a crash cut
 * short can still be undone or completed. No method blocks; all may be called from any thread.
 *
 * <p>Law: what a completed stage promised is in {@link #contents} after any crash. The order of two
 * calls for one transaction is kept.
 */
public interface CompensationJournal {

  /** What was found when the journal was opened; does not change afterwards. */
  Contents contents();

  /**
   * Remembers {@code entry} in place of an earlier one of the same stamp.
   *
   * @return ends when the entry is durable; for an ended one at once, as nothing depends on it: if
   *     a crash takes it back, the work is found done when it is done again
   * @throws ValdException.Unavailable in the stage, if the journal cannot be written; nothing is
   *     then known of the entry's durability
   */
  CompletionStage<Void> write(JournalEntry entry);

  /**
   * Promises that no stamp above {@code bound} was given yet.
   *
   * @return ends when the promise is durable
   * @throws ValdException.Unavailable in the stage, if the journal cannot be written
   */
  CompletionStage<Void> reserve(Stamp bound);

  /**
   * What a journal holds.
   *
   * @param entries the last of each transaction that has not ended, oldest first
   * @param bound the greatest stamp that may have been given; {@link Stamp#NONE} if none was
   */
  record Contents(List<JournalEntry> entries, Stamp bound) {
    public static final Contents EMPTY = new Contents(List.of(), Stamp.NONE);

    public Contents {
      entries = List.copyOf(entries);
    }
  }
}
