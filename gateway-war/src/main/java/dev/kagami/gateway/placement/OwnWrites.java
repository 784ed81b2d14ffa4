package dev.kagami.gateway.placement;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Writes that nobody had stamped before they came here. This gateway is their origin: it gives the
 * stamp, decides what becomes of the write, and takes it back if that is the decision. Once begun,
 * a write runs to its end, also if nobody waits any more. Thread-safe; never blocks.
 */
final class OwnWrites {
  private static final Timestamp ANY = new Timestamp(0);

  private final OwnStamps stamps;
  private final Replication replication;
  private final Undo undo;

  OwnWrites(OwnStamps stamps, Replication replication, Undo undo) {
    this.stamps = stamps;
    this.replication = replication;
    this.undo = undo;
  }

  CompletionStage<Applied> write(Mutation mutation, CallContext context) {
    var first = mutation.at(mutation.time().stamped(stamps.open(ANY)));
    return replication
        .store(first, context)
        .thenCompose(result ->
            result instanceof Replicated.Stored(var applied, var targets) && !applied.isNewest()
                ? meetNewer(mutation, new Attempt(first, targets), applied, context)
                : conclude(first, result, Set.of()));
  }

  /** A write that was sent to {@code targets}. */
  private record Attempt(Mutation mutation, List<Agent> targets) {}

  private CompletionStage<Applied> meetNewer(
      Mutation mutation, Attempt attempt, Applied met, CallContext context) {
    var first = attempt.mutation();
    var undone = takeBack(first, attempt.targets());
    return mutation.time().isOfClient()
        ? undone.thenCompose(pending -> failedStage(tooOld(first, pending)))
        : undone.thenCompose(pending -> runAgain(mutation, first, met, pending, context));
  }

  private static AlreadyExists tooOld(Mutation first, Set<Agent> pending) {
    return new AlreadyExists(
        "uuid "
            + first.id()
            + ": a newer version exists"
            + (pending.isEmpty() ? "" : "; " + HolderFailure.undoText(pending)));
  }

  /**
   * Once more, later than what was met. It carries the void of the first attempt, which may not
   * have arrived everywhere; else it would meet itself as existing data.
   */
  private CompletionStage<Applied> runAgain(
      Mutation mutation, Mutation first, Applied met, Set<Agent> pending, CallContext context) {
    var past = met.previous().map(Head::timestamp).orElse(ANY);
    var time = mutation.time().stamped(stamps.open(past)).voiding(first.time().stamp());
    var second = mutation.at(time);
    return replication
        .store(second, context)
        .thenCompose(result -> conclude(second, result, pending))
        .thenApply(OwnWrites::countAsNewest);
  }

  /** Newer again means that a concurrent write won: this one happened just before it. */
  private static Applied countAsNewest(Applied applied) {
    return new Applied(Applied.Standing.TOP, applied.previous(), applied.location());
  }

  private CompletionStage<Applied> conclude(
      Mutation attempt, Replicated result, Set<Agent> pendingBefore) {
    return switch (result) {
      case Replicated.Stored(var applied, _) -> {
        stamps.decided(attempt.time().stamp());
        yield completedStage(applied);
      }
      case Replicated.Refused(var answer) -> {
        stamps.decided(attempt.time().stamp());
        yield failedStage(answer);
      }
      case Replicated.Torn torn ->
          takeBack(attempt, List.copyOf(torn.outcomes().targets()))
              .thenCompose(pending ->
                  failedStage(HolderFailure.undone(torn, union(pending, pendingBefore))));
    };
  }

  private CompletionStage<Set<Agent>> takeBack(Mutation attempt, List<Agent> targets) {
    return undo.takeBack(new VoidMark(attempt.id(), attempt.time().stamp()), targets);
  }

  private static Set<Agent> union(Set<Agent> some, Set<Agent> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
