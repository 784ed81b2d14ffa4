package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reads one id from all its holders: the newest of all answers, marks and tombstones counted, never
 * the first. An acknowledged write is at all who keep anything of its id and have missed nothing,
 * so that what one of those keeps is the newest. What others keep, and that nobody keeps anything,
 * is believed only if so few do not answer that one who has the newest did. Thread-safe; never
 * blocks.
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

  /** Fails with {@link Unavailable} if those that answer may all lack the newest version. */
  CompletionStage<Kept> find(VectorId id, CallContext context) {
    return fanout
        .read(holders.reach(id), context, PATIENCE, (store, bounded) -> store.find(id, bounded))
        .thenApply(outcomes -> merge(id, outcomes));
  }

  /** Whether one that answered has the newest version, if there is any. */
  private boolean isComplete(Outcomes<Agent, Kept> outcomes) {
    return holders.isExact() || outcomes.failures().size() < holders.replicas();
  }

  private static boolean isUpToDate(Outcomes<Agent, Kept> outcomes) {
    return outcomes.byTarget().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Outcome.Answered<Kept>)
        .anyMatch(entry -> !entry.getKey().isBehind());
  }

  private Kept merge(VectorId id, Outcomes<Agent, Kept> outcomes) {
    return outcomes.answers().stream()
        .reduce(Kept::merge)
        .filter(kept -> isComplete(outcomes) || (kept.newest().isPresent() && isUpToDate(outcomes)))
        .orElseThrow(() ->
            new Unavailable(
                "uuid "
                    + id
                    + ": nobody answers who is sure to have its newest version: "
                    + AgentFanout.failures(outcomes)));
  }
}
