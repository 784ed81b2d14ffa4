package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reads one id from all its holders: the newest of all answers, marks and tombstones counted, never
 * the first. As every acknowledged write is at every holder, one answer is enough to believe that
 * there is nothing. Thread-safe; never blocks.
 */
final class HolderReads {
  /** The longest wait for a silent holder, whatever the caller allows. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Holders holders;
  private final AgentFanout fanout;

  HolderReads(Holders holders, AgentFanout fanout) {
    this.holders = holders;
    this.fanout = fanout;
  }

  /** Fails with {@link Unavailable} if no holder answers. */
  CompletionStage<Kept> find(VectorId id, CallContext context) {
    return fanout
        .read(holders.reach(id), context, PATIENCE, (store, bounded) -> store.find(id, bounded))
        .thenApply(outcomes -> merge(id, outcomes));
  }

  /** Whether one that answered holds the id if anybody does. */
  private boolean isComplete(Outcomes<Agent, Kept> outcomes) {
    return holders.isExact() || outcomes.failures().size() < holders.replicas();
  }

  private Kept merge(VectorId id, Outcomes<Agent, Kept> outcomes) {
    return outcomes.answers().stream()
        .reduce(Kept::merge)
        .filter(kept -> kept.newest().isPresent() || isComplete(outcomes))
        .orElseThrow(() ->
            new Unavailable(
                "uuid "
                    + id
                    + ": nobody who may hold it answers: "
                    + AgentFanout.failures(outcomes)));
  }
}
