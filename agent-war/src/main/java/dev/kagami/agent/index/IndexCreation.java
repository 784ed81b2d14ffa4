package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException.FailedPrecondition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Vald's CreateIndex: waiting until all that was written is linked. Thread-safe. */
final class IndexCreation {
  private final Ledger ledger;
  private final Supplier<Engine> engine;

  /** The last change when an index was created last; guarded by the store's write lock. */
  private long indexedChange;

  IndexCreation(Ledger ledger, Supplier<Engine> engine) {
    this.ledger = ledger;
    this.engine = engine;
  }

  /**
   * Ends when all is linked that is pending now.
   *
   * @return fails with {@link FailedPrecondition} if there is no news since the last time
   */
  CompletionStage<Void> begin() {
    try {
      return ledger.inTurn(() -> engine.get().linker().linked(endOfNews()));
    } catch (FailedPrecondition refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private int endOfNews() {
    var contents = ledger.contents();
    if (contents.lastChange() == indexedChange && !engine.get().linker().isAwaited()) {
      throw new FailedPrecondition("nothing was written since the index was created");
    }
    indexedChange = contents.lastChange();
    return contents.pending().end();
  }
}
