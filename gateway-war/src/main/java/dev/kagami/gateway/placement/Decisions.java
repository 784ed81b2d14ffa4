package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Brings what the origins of writes have decided to the agents. Thread-safe; never blocks. */
final class Decisions {
  /** The longest wait for the acknowledgement of an undo or a settled stamp. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AgentPool agents;
  private final Holders holders;
  private final Survey survey;
  private final AgentFanout fanout;
  private final Predicate<Agent> mayBeToldSettled;

  /**
   * @param mayBeToldSettled not who may hold a version that is void and not know
   */
  Decisions(
      AgentPool agents,
      Holders holders,
      Survey survey,
      AgentFanout fanout,
      Predicate<Agent> mayBeToldSettled) {
    this.agents = agents;
    this.holders = holders;
    this.survey = survey;
    this.fanout = fanout;
    this.mayBeToldSettled = mayBeToldSettled;
  }

  /** Fails with {@link Unavailable} unless everybody acknowledges who may have the version. */
  CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return holders.isExact()
        ? revokeAt(holders.of(mark.id()), mark, context)
        : survey
            .keepers(mark, context)
            .thenCompose(course -> {
              course.pass();
              return revokeAt(course.targets(), mark, context)
                  .whenComplete((_, _) -> course.pass());
            });
  }

  private CompletionStage<Void> revokeAt(List<Agent> keepers, VoidMark mark, CallContext context) {
    return fanout
        .ask(keepers, context, PATIENCE, (store, bounded) -> store.revoke(mark, bounded))
        .thenAccept(Decisions::requireSome);
  }

  /** Fails with {@link Unavailable} unless everybody hears it who may be told. */
  CompletionStage<Void> settle(Stamp settled, CallContext context) {
    var told = agents.agents().stream().filter(mayBeToldSettled).toList();
    return fanout
        .ask(told, context, PATIENCE, (store, bounded) -> store.settle(settled, bounded))
        .thenAccept(Decisions::requireAll);
  }

  private static void requireSome(Outcomes<Agent, Void> outcomes) {
    if (outcomes.targets().isEmpty()) {
      throw new Unavailable("no agent answers");
    }
    requireAll(outcomes);
  }

  /** Throws what an agent has refused, or {@link Unavailable} if one did not answer. */
  static void requireAll(Outcomes<Agent, Void> outcomes) {
    outcomes
        .byTarget()
        .forEach((agent, outcome) -> {
          switch (outcome) {
            case Outcome.Answered<Void> _ -> {}
            case Outcome.Rejected<Void>(var error) ->
                throw error.retold(agent + ": " + error.getMessage(), error.details());
            case Outcome.Unknown<Void>(var error) ->
                throw new Unavailable(agent + ": " + error.getMessage());
          }
        });
  }
}
