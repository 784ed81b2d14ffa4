package dev.kagami.mirror.compensation;

import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends what a crash of this origin left undone. An undecided transaction stands if the own cluster
 * holds its version, or a newer settled one in its place: the client may have been told so. It is
 * then levelled forward, from what the own cluster holds. Otherwise nobody was told, and it is
 * undone. Nothing is decided while the own cluster cannot answer or the journal cannot be written;
 * other sites are not needed. Thread-safe.
 */
public final class Recovery {
  private final Sites sites;
  private final CompensationJournal journal;
  private final Compensator compensator;
  private final Means means;
  private final AtomicInteger undecided;
  private final CompletableFuture<Void> judged = new CompletableFuture<>();

  public Recovery(Sites sites, CompensationJournal journal, Compensator compensator, Means means) {
    this.sites = sites;
    this.journal = journal;
    this.compensator = compensator;
    this.means = means;
    this.undecided = new AtomicInteger(countUndecided(journal.contents()));
    if (undecided.get() == 0) {
      judged.complete(null);
    }
  }

  private static int countUndecided(CompensationJournal.Contents found) {
    return (int) found.entries().stream().filter(entry -> entry.status() == Status.ACTIVE).count();
  }

  /** How many of the transactions that were found undecided still are. */
  public int undecided() {
    return undecided.get();
  }

  /** Ends when none is undecided any more, which takes the own cluster and the journal. */
  public CompletionStage<Void> judged() {
    return judged.minimalCompletionStage();
  }

  /** Begins with every entry that was found in the journal; to be called once. */
  public void start() {
    for (var entry : journal.contents().entries()) {
      switch (entry.status()) {
        case ACTIVE -> judge(entry, 0);
        case COMPENSATING -> compensator.resume(entry);
        case COMPLETED, COMPENSATED -> throw new IllegalStateException(entry + " has ended");
      }
    }
  }

  private void judge(JournalEntry entry, int failures) {
    means
        .<Kept>ask(sites.own(), (own, call) -> own.store().find(entry.id(), call))
        .thenAccept(outcome -> {
          switch (outcome) {
            case Outcome.Answered<Kept>(var kept) -> decide(entry, kept);
            case Outcome.Rejected<Kept> _ -> judgeLater(entry, failures + 1);
            case Outcome.Unknown<Kept> _ -> judgeLater(entry, failures + 1);
          }
        });
  }

  private void judgeLater(JournalEntry entry, int failures) {
    means.retry(failures, () -> judge(entry, failures));
  }

  private void decide(JournalEntry entry, Kept kept) {
    standing(entry, kept)
        .ifPresentOrElse(
            version -> {
              compensator.complete(entry, asStored(version));
              judgedOne();
            },
            // Once that is durable it ends after one answer's time, whoever is away.
            () -> compensator.insist(entry).thenAccept(_ -> judgedOne()));
  }

  private void judgedOne() {
    if (undecided.decrementAndGet() == 0) {
      judged.complete(null);
    }
  }

  /** The entry's version, or the settled one that has replaced it. */
  private static Optional<Version> standing(JournalEntry entry, Kept kept) {
    return kept.find(entry.stamp())
        .or(() ->
            kept.entries().stream()
                .filter(each -> each.settled() && entry.isOlderThan(each.version()))
                .findFirst())
        .map(Kept.Entry::version);
  }

  private static Mutation asStored(Version version) {
    var time = WriteTime.ofClient(version.timestamp()).stamped(version.stamp());
    return version
        .vector()
        .<Mutation>map(vector -> new Mutation.Upsert(version.id(), vector, time))
        .orElseGet(() -> new Mutation.Remove(version.id(), time));
  }
}
