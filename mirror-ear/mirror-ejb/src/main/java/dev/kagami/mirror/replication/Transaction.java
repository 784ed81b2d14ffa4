package dev.kagami.mirror.replication;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.fanout.Decision;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.OutcomePolicy;
import dev.kagami.core.fanout.OutcomePolicy.Attempt;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.replication.Receipt.Verdict;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One user's write on its way through all sites.
 *
 * <ol>
 *   <li>{@link #run}: take a stamp, undecided from then on
 *   <li>{@link #intend}: the intent is durable before anybody else hears of the write
 *   <li>{@link #forward} to all sites at once, until a deadline
 *   <li>{@link #judge} what they answered: {@link #done}, {@link #refused}, {@link #level} forward
 *       and judge again, {@link #rollBack}, or {@link #runAgain} as a new transaction
 * </ol>
 *
 * <p>Immutable: what one step learns it hands to the next. Ends with a {@link ValdException} or not
 * at all exceptionally.
 */
final class Transaction {
  private final Origin origin;
  private final Mutation request;
  private final Reach reach;
  private final Consumer<Receipt> told;
  private final Stamp voids;

  /** The stamped write and its entry in the journal. */
  private record Intent(Mutation write, JournalEntry entry) {}

  /**
   * @param request not stamped
   * @param reach where it goes and who has to take it
   * @param told what the client is told before it is answered
   * @param voids the attempt before this one, if it is not the first
   */
  Transaction(Origin origin, Mutation request, Reach reach, Consumer<Receipt> told, Stamp voids) {
    this.origin = origin;
    this.request = request;
    this.reach = reach;
    this.told = told;
    this.voids = voids;
  }

  /** Runs to the end; the write, if its time is not the client's, is later than {@code past}. */
  CompletionStage<Applied> run(Timestamp past) {
    return origin
        .ledger
        .begin(past)
        .thenCompose(this::intend)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(Report.nothingChanged(failure)))
        .thenCompose(this::forwardAndJudge);
  }

  private CompletionStage<Intent> intend(Stamp stamp) {
    var write = request.at(request.time().stamped(stamp).voiding(voids));
    var targets = reach.sites().stream().skip(1).map(Mesh.Member::name).toList();
    var intent = new Intent(write, JournalEntry.active(write, targets));
    return origin
        .journal
        .write(intent.entry())
        .whenComplete((_, failure) -> {
          if (failure != null) {
            origin.ledger.end(stamp);
          }
        })
        .thenApply(_ -> intent);
  }

  private CompletionStage<Applied> forwardAndJudge(Intent intent) {
    return forward(intent.write(), reach.sites())
        .thenCompose(outcomes -> {
          reach.report(outcomes, origin.sites.witness());
          return judge(intent, intent.write(), outcomes);
        });
  }

  private CompletionStage<Outcomes<Mesh.Member, Applied>> forward(
      Mutation write, Collection<Mesh.Member> to) {
    var call = origin.means.call();
    return origin.fanout.ask(to, site -> site.store().apply(write, call), call.deadline());
  }

  /**
   * Decides what follows.
   *
   * @param sent the write as it was sent last
   */
  private CompletionStage<Applied> judge(
      Intent intent, Mutation sent, Outcomes<Mesh.Member, Applied> outcomes) {
    return switch (OutcomePolicy.decide(sent, attempt(), outcomes, reach.required(outcomes))) {
      case Decision.Done<Mesh.Member> _ -> done(intent, outcomes);
      case Decision.Refused<Mesh.Member>(var answer) ->
          Reach.isNowhere(outcomes)
              ? refused(intent, outcomes, answer)
              : rollBack(intent, outcomes, answer);
      case Decision.LevelForward<Mesh.Member>(var behind) -> level(intent, outcomes, behind);
      case Decision.RollBack<Mesh.Member>(var answer) -> rollBack(intent, outcomes, answer);
      case Decision.RunAgain<Mesh.Member>(var past) -> runAgain(intent, outcomes, past);
    };
  }

  private Attempt attempt() {
    return voids.isNone() ? Attempt.FIRST : Attempt.LAST;
  }

  /** The client's answer does not wait for the disk: what the own cluster holds stands. */
  private CompletionStage<Applied> done(Intent intent, Outcomes<Mesh.Member, Applied> outcomes) {
    end(intent);
    follow(intent);
    tell(receipt(intent, Verdict.APPLIED, outcomes));
    return switch (outcomes.byTarget().get(origin.sites.own())) {
      case Outcome.Answered<Applied>(var applied) ->
          CompletableFuture.completedStage(
              new Applied(Applied.Standing.TOP, applied.previous(), applied.location()));
      case Outcome.Rejected<Applied> _, Outcome.Unknown<Applied> _ ->
          throw new IllegalStateException("done without the own cluster");
    };
  }

  /** It stands, so it may be stored whatever is there; who does not take it gets it by the loop. */
  private void follow(Intent intent) {
    if (!reach.followers().isEmpty()) {
      var _ = forward(intent.write().unconditional(), reach.followers());
    }
  }

  private CompletionStage<Applied> refused(
      Intent intent, Outcomes<Mesh.Member, Applied> outcomes, ValdException answer) {
    end(intent);
    tell(receipt(intent, Verdict.REFUSED, outcomes));
    return CompletableFuture.failedStage(Report.refused(answer, outcomes));
  }

  private Receipt receipt(Intent intent, Verdict verdict, Outcomes<Mesh.Member, Applied> outcomes) {
    return Receipt.of(intent.entry(), verdict, reach, outcomes);
  }

  private void tell(Receipt receipt) {
    origin.receipts.add(receipt);
    told.accept(receipt);
  }

  private void end(Intent intent) {
    origin.endings.write(intent.entry().with(Status.COMPLETED));
    origin.ledger.end(intent.entry().stamp());
  }

  private CompletionStage<Applied> level(
      Intent intent, Outcomes<Mesh.Member, Applied> outcomes, Collection<Mesh.Member> behind) {
    var whateverIsThere = intent.write().unconditional();
    return forward(whateverIsThere, behind)
        .thenCompose(later -> judge(intent, whateverIsThere, outcomes.followedBy(later)));
  }

  private CompletionStage<Applied> rollBack(
      Intent intent, Outcomes<Mesh.Member, Applied> outcomes, ValdException answer) {
    return undo(intent, outcomes)
        .thenCompose(acknowledged -> {
          var undone = alsoFirst(acknowledged);
          tell(receipt(intent, Verdict.ROLLED_BACK, outcomes).undoneAt(undone));
          return CompletableFuture.failedStage(
              Report.rolledBack(answer, intent.entry().kind(), outcomes, undone));
        });
  }

  /** Where the attempt before this one is undone as well. */
  private Set<String> alsoFirst(Set<String> undone) {
    return voids.isNone() ? undone : origin.compensator.acknowledged(voids, undone);
  }

  private CompletionStage<Applied> runAgain(
      Intent intent, Outcomes<Mesh.Member, Applied> outcomes, Timestamp past) {
    var latest = Timestamp.of(origin.means.scheduler().instant().plus(HybridClock.MAX_AHEAD));
    if (past.isAfter(latest)) {
      return rollBack(intent, outcomes, tooFarAhead(past));
    }
    return undo(intent, outcomes)
        .thenCompose(undone -> {
          origin.receipts.add(receipt(intent, Verdict.ROLLED_BACK, outcomes).undoneAt(undone));
          return new Transaction(origin, request, reach, told, intent.entry().stamp()).run(past);
        });
  }

  /** A version later than any clock may be moved to: no time of ours would be newer. */
  private ValdException tooFarAhead(Timestamp past) {
    return new FailedPrecondition(
        "uuid "
            + request.id()
            + " has a version of "
            + past.toInstant()
            + ", more than "
            + HybridClock.MAX_AHEAD
            + " ahead of now; give a timestamp that is later");
  }

  private CompletionStage<Set<String>> undo(
      Intent intent, Outcomes<Mesh.Member, Applied> outcomes) {
    return origin
        .compensator
        .compensate(intent.entry())
        .exceptionallyCompose(failure -> {
          origin.compensator.insist(intent.entry());
          tell(receipt(intent, Verdict.UNDECIDED, outcomes));
          return CompletableFuture.failedStage(Report.undecided(failure, outcomes));
        });
  }
}
