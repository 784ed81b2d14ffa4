package dev.kagami.mirror.replication;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.mirror.mesh.Mesh;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Flushes every site with one stamp. The own cluster goes first: once it has, the flush is durable
 * and is never undone; its logs tell of it to every target that did not hear it. Thread-safe.
 */
final class SiteFlush {
  private final Origin origin;

  SiteFlush(Origin origin) {
    this.origin = origin;
  }

  /**
   * @param sites the own cluster and all targets, each of them connected
   */
  CompletionStage<Void> run(List<Mesh.Member> sites) {
    return origin.ledger.begin(new Timestamp(0)).thenCompose(stamp -> run(sites, stamp));
  }

  private CompletionStage<Void> run(List<Mesh.Member> sites, Stamp stamp) {
    return flush(sites.subList(0, 1), stamp)
        .thenAccept(SiteFlush::requireOwn)
        .thenCompose(_ -> flush(sites.subList(1, sites.size()), stamp))
        .thenAccept(SiteFlush::requireTargets)
        .whenComplete((_, _) -> origin.ledger.end(stamp));
  }

  private CompletionStage<Outcomes<Mesh.Member, Void>> flush(List<Mesh.Member> sites, Stamp stamp) {
    var call = origin.means.call();
    return origin.fanout.ask(sites, site -> site.store().flush(stamp, call), call.deadline());
  }

  private static void requireOwn(Outcomes<Mesh.Member, Void> own) {
    for (ValdException error : own.failures().values()) {
      throw error.retold(
          "the own cluster: " + error.getMessage() + "; no target was asked", error.details());
    }
  }

  private static void requireTargets(Outcomes<Mesh.Member, Void> targets) {
    if (!targets.failures().isEmpty()) {
      throw new Unavailable(
          "flushed here, not yet at "
              + targets.failures().entrySet().stream()
                  .map(entry -> entry.getKey() + ": " + entry.getValue().getMessage())
                  .collect(joining("; "))
              + "; it is not taken back, flush once more");
    }
  }
}
