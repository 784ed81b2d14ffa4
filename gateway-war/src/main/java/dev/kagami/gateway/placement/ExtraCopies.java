package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.CorrectionRound.PATIENCE;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.stream.Collectors.toMap;

import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.fanout.Lanes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Version;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Drops copies that are too many, each after all who should hold the vector have acknowledged that
 * it is on their disk and newest there. What an agent tells of its heads is no acknowledgement: it
 * may be ahead of its disk.
 *
 * <p>Why nothing comes back: the agent drops only what is its newest and settled. A removal that it
 * has keeps it from that; one that comes later finds an agent that never had the id. Thread-safe.
 */
final class ExtraCopies {
  private final int replicas;
  private final BooleanSupplier mayDrop;
  private final Acknowledgement acknowledgement;
  private final AgentFanout fanout;
  private final int concurrency;
  private final AtomicLong dropped = new AtomicLong();

  /** How an agent is asked whether a version is safe with it. */
  interface Acknowledgement {
    CompletionStage<Boolean> of(Agent keeper, Version version, CallContext bounded);
  }

  /**
   * @param replicas so many agents at least have to acknowledge
   * @param mayDrop asked again and again: whether all agents are there and none leaves
   */
  ExtraCopies(
      int replicas,
      BooleanSupplier mayDrop,
      Acknowledgement acknowledgement,
      AgentFanout fanout,
      int concurrency) {
    this.replicas = replicas;
    this.mayDrop = mayDrop;
    this.acknowledgement = acknowledgement;
    this.fanout = fanout;
    this.concurrency = concurrency;
  }

  /** How many have been dropped. */
  long dropped() {
    return dropped.get();
  }

  /** Of those ids whose copies are all there, and too many. */
  CompletionStage<Void> drop(List<Diagnosis> found) {
    var due = found.stream().filter(one -> one.keepers().size() >= replicas).toList();
    var agents = due.stream().flatMap(one -> one.extra().stream()).distinct().toList();
    return Lanes.each(
        agents,
        1,
        agent ->
            Lanes.each(
                CorrectionRound.chunks(
                    due.stream().filter(one -> one.extra().contains(agent)).toList()),
                1,
                chunk -> mayDrop.getAsBoolean() ? dropAt(agent, chunk) : completedStage(null)));
  }

  private CompletionStage<Void> dropAt(Agent agent, List<Diagnosis> found) {
    var byId = found.stream().collect(toMap(Diagnosis::id, one -> one));
    var safe = new ConcurrentLinkedQueue<Head>();
    return agent
        .ask(store -> store.findAll(List.copyOf(byId.keySet()), bounded()))
        .thenCompose(all ->
            Lanes.each(
                all.stream()
                    .filter(kept -> kept.isDroppable(byId.get(kept.id()).newest().orElseThrow()))
                    .flatMap(kept -> kept.visible().stream())
                    .toList(),
                concurrency,
                version ->
                    isSafe(version, byId.get(version.id()).keepers())
                        .thenAccept(isSafe -> {
                          if (isSafe) {
                            safe.add(version.head());
                          }
                        })))
        .thenCompose(_ -> agent.ask(store -> store.drop(List.copyOf(safe), bounded())))
        .thenAccept(ids -> dropped.addAndGet(ids.size()));
  }

  private CompletionStage<Boolean> isSafe(Version version, List<Agent> keepers) {
    CompletionStage<Boolean> all = completedStage(true);
    for (var keeper : keepers) {
      all =
          all.thenCombine(
              acknowledgement.of(keeper, version, bounded()), (before, now) -> before && now);
    }
    return all;
  }

  /** Storing what is there already changes nothing, and is answered when that is on disk. */
  static CompletionStage<Boolean> storedAgain(Agent keeper, Version version, CallContext bounded) {
    return keeper
        .ask(store -> store.apply(Survey.copy(version), bounded))
        .thenApply(applied -> applied.previous().filter(version.head()::equals).isPresent())
        .exceptionally(failure -> {
          if (StageFailure.cause(failure) instanceof Aborted) {
            return false; // void meanwhile
          }
          throw new CompletionException(StageFailure.cause(failure));
        });
  }

  private CallContext bounded() {
    return fanout.bound(CallContext.UNBOUNDED, PATIENCE);
  }
}
