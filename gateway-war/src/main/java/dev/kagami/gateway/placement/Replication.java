package dev.kagami.gateway.placement;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Brings one stamped write to all holders of its id, and decides nothing beyond that.
 *
 * <ol>
 *   <li>A checked write goes to the first holder alone, which judges it in one atomic step: two
 *       Inserts of one id cannot both win.
 *   <li>Then the others store the same version whatever they have, in parallel.
 *   <li>All of them are required.
 * </ol>
 *
 * <p>Thread-safe; never blocks; its stages never fail.
 */
final class Replication {
  /** The longest wait for one round of holders, whatever the caller allows. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Holders holders;
  private final AgentFanout fanout;
  private final Survey survey;

  Replication(Holders holders, AgentFanout fanout, Survey survey) {
    this.holders = holders;
    this.fanout = fanout;
    this.survey = survey;
  }

  CompletionStage<Replicated> store(Mutation mutation, CallContext context) {
    return holders.isExact()
        ? storeAt(holders.of(mutation.id()), mutation, context)
        : survey
            .course(mutation.id(), context)
            .thenCompose(course -> storeAlong(course, mutation, context))
            .exceptionally(Replication::refused);
  }

  private CompletionStage<Replicated> storeAlong(
      Survey.Course course, Mutation mutation, CallContext context) {
    course.pass();
    return storeAt(course.targets(), mutation, context).whenComplete((_, _) -> course.pass());
  }

  private static Replicated refused(Throwable failure) {
    var cause = StageFailure.cause(failure);
    return new Replicated.Refused(
        cause instanceof ValdException known
            ? known
            : new ValdException.Internal("the agents' answers make no sense", cause));
  }

  private CompletionStage<Replicated> storeAt(
      List<Agent> targets, Mutation mutation, CallContext context) {
    var away = targets.stream().filter(holder -> !fanout.mayAnswer(holder)).findFirst();
    if (away.isPresent()) {
      return completedStage(new Replicated.Refused(away.get().spared()));
    }
    return mutation.condition().isUnconditional()
        ? ask(targets, mutation, context).thenApply(all -> judge(mutation.id(), all))
        : ask(targets.subList(0, 1), mutation, context)
            .thenCompose(first -> followFirst(mutation, targets, first, context));
  }

  private CompletionStage<Replicated> followFirst(
      Mutation mutation, List<Agent> targets, Outcomes<Agent, Applied> first, CallContext context) {
    return switch (first.byTarget().get(targets.getFirst())) {
      case Outcome.Answered<Applied> _ ->
          ask(targets.subList(1, targets.size()), mutation.unconditional(), context)
              .thenApply(others -> judge(mutation.id(), first.followedBy(others)));
      case Outcome.Rejected<Applied>(var refusal) when storesNothing(refusal) ->
          completedStage(new Replicated.Refused(refusal));
      case Outcome.Rejected<Applied> _, Outcome.Unknown<Applied> _ ->
          completedStage(judge(mutation.id(), first));
    };
  }

  private CompletionStage<Outcomes<Agent, Applied>> ask(
      List<Agent> targets, Mutation mutation, CallContext context) {
    return fanout.ask(
        targets,
        context,
        fanout.patience(targets, PATIENCE),
        (store, bounded) -> store.apply(mutation, bounded));
  }

  private static boolean storesNothing(ValdException refusal) {
    return refusal instanceof AlreadyExists
        || refusal instanceof NotFound
        || refusal instanceof Aborted
        || refusal instanceof InvalidArgument;
  }

  private static Replicated judge(VectorId id, Outcomes<Agent, Applied> outcomes) {
    return outcomes.failures().isEmpty()
        ? new Replicated.Stored(merge(id, outcomes.answers()), List.copyOf(outcomes.targets()))
        : new Replicated.Torn(HolderFailure.of(id, outcomes), outcomes);
  }

  /** The newest only if it is so everywhere. */
  private static Applied merge(VectorId id, List<Applied> answers) {
    return new Applied(
        answers.stream().map(Applied::standing).max(Comparator.naturalOrder()).orElseThrow(),
        answers.stream().flatMap(answer -> answer.previous().stream()).max(Head::compareTo),
        Location.merge(id, answers.stream().map(Applied::location).toList()));
  }
}
