package dev.kagami.core.store;

import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Removes everything whose time meets all conditions: each id by a removal of its own, and only
 * while readers see the version that was judged. Works on any store, for it asks for nothing but
 * the list of ids and removals.
 *
 * <p>Not atomic: what is written meanwhile may or may not be judged, and after a failure what was
 * removed stays removed.
 */
public final class RemovalByTime {
  /** Ids judged at a time, and so the most removals under way. */
  private static final int PAGE = 64;

  private final VectorStore store;
  private final List<TimeCondition> conditions;
  private final CallContext context;

  // Guarded by this.
  private final List<Location> removed = new ArrayList<>();

  private RemovalByTime(VectorStore store, List<TimeCondition> conditions, CallContext context) {
    this.store = store;
    this.conditions = List.copyOf(conditions);
    this.context = context;
  }

  /**
   * Where each id was removed. No condition means everything.
   *
   * <p>Fails with {@link NotFound} if nothing was removed, or with the first failure of a removal
   * after those that were begun with it.
   */
  public static CompletionStage<List<Location>> run(
      VectorStore store, List<TimeCondition> conditions, CallContext context) {
    var removal = new RemovalByTime(store, conditions, context);
    return HeadWalk.through(store, PAGE, context, removal::removeMatching)
        .thenApply(_ -> removal.removed());
  }

  private synchronized List<Location> removed() {
    if (removed.isEmpty()) {
      throw new NotFound("remove target not found");
    }
    return List.copyOf(removed);
  }

  private CompletionStage<Void> removeMatching(List<KeptHeads> page) {
    var removals =
        page.stream()
            .flatMap(heads -> heads.visible().stream())
            .filter(this::matches)
            .map(head -> remove(head).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new));
  }

  private boolean matches(Head head) {
    return conditions.stream().allMatch(condition -> condition.accepts(head.timestamp()));
  }

  private CompletionStage<Void> remove(Head head) {
    var condition = Mutation.Condition.ifStill(head);
    return store
        .apply(new Mutation.Remove(head.id(), WriteTime.UNSTAMPED, condition), context)
        .thenAccept(this::note)
        .exceptionallyCompose(RemovalByTime::unlessItIsGone);
  }

  private synchronized void note(Applied applied) {
    removed.add(applied.location());
  }

  /** Who removed or replaced it meanwhile was faster; that is no failure. */
  private static CompletionStage<Void> unlessItIsGone(Throwable thrown) {
    var failure = StageFailure.cause(thrown);
    return failure instanceof NotFound || failure instanceof Aborted
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(failure);
  }
}
