package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Maintenance;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

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

  CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return fanout
        .ask(
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
