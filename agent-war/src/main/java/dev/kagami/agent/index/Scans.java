package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Runs what takes too long for a thread that serves others as well. Thread-safe. */
final class Scans {
  private final String agent;
  private final Executor pool;

  /**
   * @param pool bounded, so that it may refuse
   */
  Scans(String agent, Executor pool) {
    this.agent = agent;
    this.pool = pool;
  }

  <R> CompletionStage<R> run(Supplier<R> task) {
    var result = new CompletableFuture<R>();
    try {
      pool.execute(() -> complete(result, task));
    } catch (RejectedExecutionException full) {
      result.completeExceptionally(
          new ResourceExhausted(agent + " has too many long searches waiting"));
    }
    return result;
  }

  /** The same on the caller's thread, for what does not take long. */
  static <R> CompletionStage<R> now(Supplier<R> task) {
    var result = new CompletableFuture<R>();
    complete(result, task);
    return result;
  }

  private static <R> void complete(CompletableFuture<R> result, Supplier<R> task) {
    try {
      result.complete(task.get());
    } catch (ValdException refused) {
      result.completeExceptionally(refused);
    } catch (RuntimeException fault) {
      result.completeExceptionally(new Internal("the search failed: " + fault, fault));
    }
  }
}
