package dev.kagami.mirror.compensation;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes to the journal that transactions are over, again and again if it cannot be written. What a
 * crash finds open there is judged by what the own cluster remembers, which may forget nothing
 * while some are {@link #unwritten}. Thread-safe; never blocks.
 */
public final class Endings {
  private final CompensationJournal journal;
  private final Means means;
  private final AtomicInteger unwritten = new AtomicInteger();

  public Endings(CompensationJournal journal, Means means) {
    this.journal = journal;
    this.means = means;
  }

  /** Has {@code over}, which has ended, in the journal as soon as that can be written. */
  public void write(JournalEntry over) {
    unwritten.incrementAndGet();
    write(over, 0);
  }

  private void write(JournalEntry over, int failures) {
    var _ =
        journal
            .write(over)
            .whenComplete((_, failure) -> {
              if (failure == null) {
                unwritten.decrementAndGet();
              } else {
                means.retry(failures + 1, () -> write(over, failures + 1));
              }
            });
  }

  /** How many are over, and open in the journal all the same. */
  public int unwritten() {
    return unwritten.get();
  }
}
