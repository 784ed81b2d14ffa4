package dev.kagami.gateway.placement;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Flushes every agent with one stamp. Begins only if every agent is used; one that fails then is
 * named, and flushed when the call is repeated. Thread-safe; never blocks.
 */
final class ClusterFlush {
  /** The longest wait for an agent, whatever the caller allows. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Timestamp ANY = new Timestamp(0);

  private final AgentPool agents;
  private final OwnStamps stamps;
  private final AgentFanout fanout;

  ClusterFlush(AgentPool agents, OwnStamps stamps, AgentFanout fanout) {
    this.agents = agents;
    this.stamps = stamps;
    this.fanout = fanout;
  }

  CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    var all = agents.agents();
    if (all.isEmpty() || !all.stream().allMatch(agent -> agent.status().isUsed())) {
      return CompletableFuture.failedStage(
          agents.unused("nothing was flushed, for every agent has to be reached: "));
    }
    if (!upTo.isNone()) {
      stamps.observe(upTo);
      return flushAll(upTo, context);
    }
    var stamp = stamps.open(ANY);
    return flushAll(stamp, context).whenComplete((_, _) -> stamps.decided(stamp));
  }

  private CompletionStage<Void> flushAll(Stamp upTo, CallContext context) {
    return fanout
        .askPatiently(
            agents.agents(), context, PATIENCE, (store, bounded) -> store.flush(upTo, bounded))
        .thenAccept(Decisions::requireAll);
  }
}
