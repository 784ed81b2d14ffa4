package dev.kagami.core.fanout;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Does one thing for many items, some at a time. Items that are done at once do not deepen the
 * stack. Thread-safe; never blocks.
 */
public final class Lanes<T> {
  private final Queue<T> waiting;
  private final Function<T, ? extends CompletionStage<?>> task;

  private Lanes(Collection<T> items, Function<T, ? extends CompletionStage<?>> task) {
    this.waiting = new ConcurrentLinkedQueue<>(items);
    this.task = task;
  }

  /**
   * Ends when all are done, or with the first failure; then those that have begun are waited for
   * and no others begin.
   *
   * @param atATime at least 1
   */
  public static <T> CompletionStage<Void> each(
      Collection<T> items, int atATime, Function<T, ? extends CompletionStage<?>> task) {
    var lanes = new Lanes<>(items, task);
    var ends = new CompletableFuture<?>[Math.min(atATime, items.size())];
    for (int i = 0; i < ends.length; i++) {
      var end = new CompletableFuture<Void>();
      ends[i] = end;
      lanes.goOn(end);
    }
    return CompletableFuture.allOf(ends);
  }

  private void goOn(CompletableFuture<Void> end) {
    for (var item = waiting.poll(); item != null; item = waiting.poll()) {
      var done = started(item);
      if (!done.isDone()) {
        var _ =
            done.whenComplete((_, failure) -> {
              if (!hasFailed(failure, end)) {
                goOn(end);
              }
            });
        return;
      }
      if (done.isCompletedExceptionally() && hasFailed(done.exceptionNow(), end)) {
        return;
      }
    }
    end.complete(null);
  }

  private CompletableFuture<?> started(T item) {
    try {
      return task.apply(item).toCompletableFuture();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private boolean hasFailed(Throwable failure, CompletableFuture<Void> end) {
    if (failure != null) {
      waiting.clear();
      end.completeExceptionally(failure);
    }
    return failure != null;
  }
}
