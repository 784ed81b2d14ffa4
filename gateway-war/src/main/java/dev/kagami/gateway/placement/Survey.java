package dev.kagami.gateway.placement;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Looks who keeps something of an id before it is written, where that may be anybody. Thread-safe;
 * never blocks.
 */
final class Survey {
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AgentPool agents;
  private final Holders holders;
  private final AgentFanout fanout;

  Survey(AgentPool agents, Holders holders, AgentFanout fanout) {
    this.agents = agents;
    this.holders = holders;
    this.fanout = fanout;
  }

  /**
   * Where a write or its undo goes.
   *
   * @param targets all of them have to store it, the first judges
   * @param missing known agents that it goes past
   */
  record Course(List<Agent> targets, List<Agent> missing) {

    /** To be called before the write begins and when it has ended, lest they catch up between. */
    void pass() {
      missing.forEach(Agent::misses);
    }
  }

  /**
   * Who has to get a version of {@code id}: as many agents as there shall be copies, the first of
   * which judges and has the newest version that anybody has; then everybody else who keeps
   * something of it, so that no old copy is left. For an agent that does not answer the next one
   * stands in; the write goes past it, and it is brought up to date before it is read from again.
   *
   * @return fails with {@link Unavailable} if so many are silent that a version may be unknown, or
   *     too few are left for all copies
   */
  CompletionStage<Course> course(VectorId id, CallContext context) {
    var reachable = agents.agents().stream().filter(Agent::isReady).toList();
    return fanout
        .ask(reachable, context, PATIENCE, (store, bounded) -> store.find(id, bounded))
        .thenCompose(outcomes -> choose(id, outcomes, context));
  }

  private CompletionStage<Course> choose(
      VectorId id, Outcomes<Agent, Kept> outcomes, CallContext context) {
    var answered = answered(id, outcomes);
    var missing = missing(answered);
    // who may have forgotten something proves nothing by having nothing
    long doubtful = missing.size() + answered.stream().filter(Agent::isBehind).count();
    if (doubtful >= holders.replicas() || answered.size() < holders.replicas()) {
      return CompletableFuture.failedStage(tooFew(id, missing));
    }
    return judgeKnowsNewest(answered, outcomes, context)
        .thenApply(targets -> new Course(targets, missing));
  }

  /**
   * Who has to hear that the version of {@code mark} is void: everybody who has it, or if nobody
   * does yet, those whom it would be sent to. Others must not: a mark hides the version everywhere,
   * and only who has it knows whether it is settled.
   */
  CompletionStage<Course> keepers(VoidMark mark, CallContext context) {
    var reachable = agents.agents().stream().filter(Agent::isReady).toList();
    return fanout
        .ask(reachable, context, PATIENCE, (store, bounded) -> store.find(mark.id(), bounded))
        .thenApply(outcomes -> {
          var answered = answered(mark.id(), outcomes);
          var keepers =
              answered.stream()
                  .filter(agent -> kept(outcomes, agent).find(mark.stamp()).isPresent())
                  .toList();
          var targets =
              keepers.isEmpty()
                  ? answered.subList(0, Math.min(answered.size(), holders.replicas()))
                  : keepers;
          return new Course(targets, missing(answered));
        });
  }

  private List<Agent> answered(VectorId id, Outcomes<Agent, Kept> outcomes) {
    return holders.order(id).stream()
        .filter(agent -> outcomes.byTarget().get(agent) instanceof Outcome.Answered<Kept>)
        .toList();
  }

  private List<Agent> missing(List<Agent> answered) {
    var missing = new ArrayList<>(agents.agents());
    missing.removeAll(answered);
    return missing;
  }

  private Unavailable tooFew(VectorId id, List<Agent> missing) {
    return new Unavailable(
        "uuid "
            + id
            + ": "
            + holders.replicas()
            + " copies are wanted, and as many agents or more do not answer, or are not left: "
            + missing.stream()
                .map(agent -> agent.spared().getMessage())
                .collect(Collectors.joining("; ")));
  }

  private CompletionStage<List<Agent>> judgeKnowsNewest(
      List<Agent> answered, Outcomes<Agent, Kept> outcomes, CallContext context) {
    var required = answered.subList(0, holders.replicas());
    var judge = required.getFirst();
    var newest = outcomes.answers().stream().reduce(Kept::merge).flatMap(Kept::newest);
    var targets =
        answered.stream()
            .filter(agent -> required.contains(agent) || !keepsNothing(outcomes, agent))
            .toList();
    if (newest.isEmpty() || newest.equals(kept(outcomes, judge).newest())) {
      return completedStage(targets);
    }
    return fanout
        .ask(
            List.of(judge),
            context,
            PATIENCE,
            (store, bounded) -> store.apply(copy(newest.get()), bounded))
        .thenApply(copied -> {
          failure(judge, copied);
          return targets;
        });
  }

  private static void failure(Agent judge, Outcomes<Agent, Applied> copied) {
    copied
        .failures()
        .forEach((_, error) -> {
          throw new Unavailable(judge + " cannot be brought up to date: " + error.getMessage());
        });
  }

  /** The same version once more, for another agent. */
  static Mutation copy(Version version) {
    var time =
        new WriteTime(version.timestamp(), WriteTime.Source.SERVER, version.stamp(), Stamp.NONE);
    return version
        .vector()
        .<Mutation>map(vector -> new Mutation.Upsert(version.id(), vector, time))
        .orElseGet(() -> new Mutation.Remove(version.id(), time))
        .unconditional();
  }

  private static boolean keepsNothing(Outcomes<Agent, Kept> outcomes, Agent agent) {
    var kept = kept(outcomes, agent);
    return kept.entries().isEmpty() && kept.marks().isEmpty();
  }

  private static Kept kept(Outcomes<Agent, Kept> outcomes, Agent agent) {
    return switch (outcomes.byTarget().get(agent)) {
      case Outcome.Answered<Kept>(var kept) -> kept;
      case Outcome.Rejected<Kept>(ValdException error) -> throw error;
      case Outcome.Unknown<Kept>(ValdException error) -> throw error;
    };
  }
}
