package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a bound reserved in the journal ahead of the stamps in use, so that a restarted process,
 * whose clock starts at the bound, never gives a stamp twice. Renews it when half is used up: in
 * ordinary use no write waits for it. Thread-safe.
 */
final class StampBound {
  /** Short, since a restart within it begins with stamps ahead of the wall clock. */
  static final Duration AHEAD = Duration.ofSeconds(3);

  private static final long TICK = 1L << Stamp.WRITER_BITS;
  private static final long AHEAD_VALUE = AHEAD.toNanos() / TICK * TICK;

  private final CompensationJournal journal;

  // All state below is guarded by this.
  private Stamp durable;
  private Stamp asked;
  private CompletionStage<Void> reservation = CompletableFuture.completedStage(null);

  StampBound(CompensationJournal journal) {
    this.journal = journal;
    this.durable = journal.contents().bound();
    this.asked = durable;
  }

  /** Ends when {@code stamp} lies within the durable bound; fails if that cannot be had. */
  synchronized CompletionStage<Void> cover(Stamp stamp) {
    if (stamp.value() > asked.value() - AHEAD_VALUE / 2) {
      var next = new Stamp(stamp.value() + AHEAD_VALUE);
      asked = next;
      reservation =
          journal
              .reserve(next)
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  reserved(next);
                } else {
                  askAgain();
                }
              });
    }
    return stamp.compareTo(durable) <= 0 ? CompletableFuture.completedStage(null) : reservation;
  }

  private synchronized void reserved(Stamp bound) {
    durable = bound.compareTo(durable) > 0 ? bound : durable;
  }

  private synchronized void askAgain() {
    asked = durable;
  }
}
