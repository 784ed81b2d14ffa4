package dev.kagami.core.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Goes through all ids of a store by pages of their heads, the next one when a step has dealt with
 * the last. Holds one page; pages that come at once do not deepen the stack.
 */
final class HeadWalk {
  private final Changes store;
  private final int pageSize;
  private final CallContext context;
  private final Function<List<KeptHeads>, CompletionStage<Void>> step;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final AtomicInteger due = new AtomicInteger();
  private volatile HeadCursor cursor = HeadCursor.START;

  private HeadWalk(
      Changes store,
      int pageSize,
      CallContext context,
      Function<List<KeptHeads>, CompletionStage<Void>> step) {
    this.store = store;
    this.pageSize = pageSize;
    this.context = context;
    this.step = step;
  }

  /** Ends after the last page, or with the first failure. */
  static CompletionStage<Void> through(
      Changes store,
      int pageSize,
      CallContext context,
      Function<List<KeptHeads>, CompletionStage<Void>> step) {
    var walk = new HeadWalk(store, pageSize, context, step);
    walk.goOn();
    return walk.end;
  }

  /** One thread at a time turns pages; a page that is done meanwhile leaves it a signal. */
  private void goOn() {
    if (due.getAndIncrement() > 0) {
      return;
    }
    do {
      turnPage();
    } while (due.decrementAndGet() > 0);
  }

  private void turnPage() {
    store
        .heads(cursor, pageSize, context)
        .thenCompose(page -> step.apply(page.heads()).thenApply(_ -> page.next()))
        .whenComplete(this::turned);
  }

  private void turned(Optional<HeadCursor> next, Throwable failure) {
    if (failure != null) {
      end.completeExceptionally(failure);
    } else if (next.isEmpty()) {
      end.complete(null);
    } else {
      cursor = next.get();
      goOn();
    }
  }
}
