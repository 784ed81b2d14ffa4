package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.IndexDetail;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.IndexProperty;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.VectorStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What concerns the agents' indexes rather than single vectors. Thread-safe; never blocks. */
final class IndexCalls {
  static final Duration INFO_PATIENCE = Duration.ofSeconds(3);

  /** Linking a full index takes long; a lost connection ends the call earlier. */
  static final Duration MAINTENANCE_PATIENCE = Duration.ofHours(1);

  private final AgentPool agents;
  private final AgentFanout fanout;

  IndexCalls(AgentPool agents, AgentFanout fanout) {
    this.agents = agents;
    this.fanout = fanout;
  }

  /** The sum of the agents that answer, as Vald's; replicas count each. */
  CompletionStage<IndexInfo> info(CallContext context) {
    return fanout
        .read(agents.agents(), context, INFO_PATIENCE, (store, bounded) -> store.indexInfo(bounded))
        .thenApply(outcomes ->
            outcomes.answers().stream()
                .reduce(IndexInfo::plus)
                .orElseThrow(
                    () -> new Unavailable("no agent answers: " + AgentFanout.failures(outcomes))));
  }

  /** By the addresses of the agents that answer, as Vald's. */
  CompletionStage<IndexDetail> detail(int replicas, CallContext context) {
    return byAgent(context, Agent::address, (store, bounded) -> store.indexInfo(bounded))
        .thenApply(counts -> new IndexDetail(counts, replicas, counts.size()));
  }

  /** By the addresses of the agents that answer, as Vald's. */
  CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return byAgent(context, Agent::address, (store, bounded) -> sum(store.statistics(bounded)));
  }

  /** An agent tells of itself alone. */
  private static CompletionStage<GraphStatistics> sum(
      CompletionStage<Map<String, GraphStatistics>> one) {
    return one.thenApply(
        all -> all.values().stream().reduce(GraphStatistics.EMPTY, GraphStatistics::plus));
  }

  /** By the addresses and names of the agents that answer, as Vald's. */
  CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return byAgent(
        context,
        agent -> agent.address() + "-" + agent.name(),
        (store, bounded) -> store.properties(bounded).thenApply(IndexCalls::own));
  }

  private static IndexProperty own(Map<String, IndexProperty> told) {
    return told.values().stream()
        .findFirst()
        .orElseThrow(() -> new Internal("an agent has no properties", null));
  }

  private <R> CompletionStage<Map<String, R>> byAgent(
      CallContext context,
      Function<Agent, String> key,
      BiFunction<VectorStore, CallContext, CompletionStage<R>> call) {
    return fanout
        .read(agents.agents(), context, INFO_PATIENCE, call)
        .thenApply(outcomes -> {
          var answers = new HashMap<String, R>();
          outcomes
              .byTarget()
              .forEach((agent, outcome) -> {
                if (outcome instanceof Outcome.Answered<R>(var answer)) {
                  answers.put(key.apply(agent), answer);
                }
              });
          if (answers.isEmpty()) {
            throw new Unavailable("no agent answers: " + AgentFanout.failures(outcomes));
          }
          return answers;
        });
  }

  CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return fanout
        .askPatiently(
            agents.agents(),
            context,
            MAINTENANCE_PATIENCE,
            (store, bounded) -> store.maintain(task, bounded))
        .thenAccept(IndexCalls::judge);
  }

  /** An agent with nothing to do is no failure, unless none has anything to do. */
  private static void judge(Outcomes<Agent, Void> outcomes) {
    var failures = outcomes.failures();
    for (var entry : failures.entrySet()) {
      var error = entry.getValue();
      if (error.code() != Code.FAILED_PRECONDITION) {
        throw error.retold(entry.getKey() + ": " + error.getMessage(), error.details());
      }
    }
    if (failures.size() == outcomes.targets().size()) {
      throw new ValdException.FailedPrecondition(AgentFanout.failures(outcomes));
    }
  }
}
