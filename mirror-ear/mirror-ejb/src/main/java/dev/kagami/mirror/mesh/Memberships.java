package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Passes on what operators have said of the mesh, from site to site: so a removal ends mirroring
 * everywhere, also at the removed site, and at those that were away. Whoever calls was recognised
 * as a peer before. Thread-safe; never blocks.
 */
final class Memberships {
  private final TargetRegistry registry;
  private final InstantSource clock;
  private final Executor blocking;

  Memberships(TargetRegistry registry, InstantSource clock, Executor blocking) {
    this.registry = registry;
    this.clock = clock;
    this.blocking = blocking;
  }

  List<Membership> known() {
    return registry.words().memberships();
  }

  /** As {@link #hear}, answering what is known then. */
  CompletionStage<List<Membership>> exchange(List<Membership> told) {
    return hear(told).thenApply(_ -> known());
  }

  /**
   * Takes over what was said later than what is known, all or nothing. What was said where the
   * clock is too far ahead counts when its time has come: else nobody could contradict it.
   *
   * @throws ResourceExhausted (the stage) if too many targets would be known
   */
  CompletionStage<Void> hear(List<Membership> told) {
    var latest = clock.instant().plus(HybridClock.MAX_AHEAD);
    var credible = told.stream().filter(word -> !word.since().isAfter(latest)).toList();
    return registry.words().news(credible).isEmpty()
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.runAsync(() -> registry.hear(credible), blocking);
  }
}
