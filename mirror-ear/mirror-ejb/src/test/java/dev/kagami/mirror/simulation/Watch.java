package dev.kagami.mirror.simulation;

import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForwardingVectorStore;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A cluster under observation. Law 3, no resurrection: what a settled version or a void mark has
 * hidden at this site never shows again.
 */
final class Watch extends ForwardingVectorStore {
  private final InMemoryVectorStore cluster;
  private final String site;
  private final History history;
  private final Map<VectorId, Head> settled = new HashMap<>();
  private final Set<Stamp> undone = new HashSet<>();
  private final Map<VectorId, Kept> checked = new HashMap<>();

  Watch(InMemoryVectorStore cluster, String site, History history) {
    super(cluster);
    this.cluster = cluster;
    this.site = site;
    this.history = history;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return super.apply(mutation, context)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            history.stored(mutation.version());
            check(mutation.id());
          }
        });
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return super.revoke(mark, context)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            history.undone(mark);
            undone.add(mark.stamp());
            checked.remove(mark.id());
            check(mark.id());
          }
        });
  }

  @Override
  public CompletionStage<Void> settle(Stamp stamp, CallContext context) {
    return super.settle(stamp, context)
        .whenComplete((_, _) -> cluster.contents().keySet().forEach(this::check));
  }

  /** What has not changed since is as right as it was. */
  private void check(VectorId id) {
    var kept = super.find(id, CallContext.UNBOUNDED).toCompletableFuture().join();
    if (!kept.equals(checked.put(id, kept))) {
      check(id, kept);
    }
  }

  private void check(VectorId id, Kept kept) {
    for (var entry : kept.entries()) {
      if (undone.contains(entry.version().stamp())) {
        history.broken(
            "law 3: " + site + " holds " + entry.version().head() + ", which was undone there");
      }
      if (entry.settled()) {
        settled.merge(id, entry.version().head(), (old, now) -> now.isNewerThan(old) ? now : old);
      }
    }
    if (settled.containsKey(id) && isOlder(kept, settled.get(id))) {
      history.broken(
          "law 3: " + site + " shows less than " + settled.get(id) + ", which was settled there");
    }
  }

  /** A removal may be forgotten, but what it hid must not show then either. */
  private boolean isOlder(Kept kept, Head floor) {
    return kept.newest()
        .map(version -> floor.isNewerThan(version.head()))
        .orElse(!floor.isForgettable(cluster.trimmed()));
  }
}
