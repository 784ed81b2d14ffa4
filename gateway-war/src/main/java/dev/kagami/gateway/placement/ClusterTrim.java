package dev.kagami.gateway.placement;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Horizon;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Has every agent forget old removals and undos. Begins only if every agent is used and has missed
 * nothing: one that is away, or behind, may hold what would come back. Thread-safe; never blocks.
 */
final class ClusterTrim {
  private final AgentPool agents;
  private final AgentFanout fanout;
  private final Predicate<Agent> isUpToDate;

  ClusterTrim(AgentPool agents, AgentFanout fanout, Predicate<Agent> isUpToDate) {
    this.agents = agents;
    this.fanout = fanout;
    this.isUpToDate = isUpToDate;
  }

  CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    var all = agents.agents();
    if (agents.greatestStamp().isEmpty() || !all.stream().allMatch(this::mayForget)) {
      return CompletableFuture.failedStage(
          agents.unused("nothing was forgotten, for every agent has to be up to date: "));
    }
    return fanout
        .askPatiently(
            all, context, ClusterFlush.PATIENCE, (store, bounded) -> store.trim(horizon, bounded))
        .thenAccept(Decisions::requireAll);
  }

  private boolean mayForget(Agent agent) {
    return agent.isReady() && isUpToDate.test(agent);
  }
}
