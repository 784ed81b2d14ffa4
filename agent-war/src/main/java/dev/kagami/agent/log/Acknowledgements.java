package dev.kagami.agent.log;

import dev.kagami.core.error.ValdException.Unavailable;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who waits for which entry to be durable. Thread-safe; completes stages outside its lock. */
final class Acknowledgements {
  // All state is guarded by this.
  private final NavigableMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
  private long durable;

  /** What is above counts only when all up to this is durable. */
  private long barrier;

  /** The greatest number above the barrier that was done too early. */
  private long beyond;

  private Optional<String> failure = Optional.empty();

  /** Ends when {@code seq} is durable, or with UNAVAILABLE when that will not be known any more. */
  synchronized CompletionStage<Void> durable(long seq) {
    if (seq <= durable) {
      return CompletableFuture.completedStage(null);
    }
    return failure
        .<CompletionStage<Void>>map(cause -> CompletableFuture.failedStage(lost(cause)))
        .orElseGet(() -> waiting.computeIfAbsent(seq, _ -> new CompletableFuture<>()));
  }

  /** The number up to which all is durable. */
  synchronized long durable() {
    return durable;
  }

  synchronized Optional<String> failure() {
    return failure;
  }

  /**
   * What comes after {@code last} is written to another place, and may be there before {@code last}
   * is where it belongs: until then it does not count. The barrier before must have been reached.
   */
  synchronized void separate(long last) {
    barrier = last;
  }

  /** Ends when all before the barrier is durable. */
  CompletionStage<Void> separated() {
    return durable(barrier());
  }

  private synchronized long barrier() {
    return barrier;
  }

  /**
   * Everything up to {@code seq} is on disk, as far as it goes to the same place; means nothing
   * after a failure.
   */
  void done(long seq) {
    List<CompletableFuture<Void>> due;
    synchronized (this) {
      if (failure.isPresent()) {
        return;
      }
      if (seq > barrier && durable < barrier) {
        beyond = Math.max(beyond, seq);
        return;
      }
      durable = Math.max(durable, seq);
      if (durable >= barrier) {
        durable = Math.max(durable, beyond);
      }
      var reached = waiting.headMap(durable, true);
      due = List.copyOf(reached.values());
      reached.clear();
    }
    due.forEach(end -> end.complete(null));
  }

  /**
   * Nothing more will be durable.
   *
   * @return whether this is the first failure, which is the one that is told
   */
  boolean fail(String cause) {
    List<CompletableFuture<Void>> lost;
    synchronized (this) {
      if (failure.isPresent()) {
        return false;
      }
      failure = Optional.of(cause);
      lost = List.copyOf(waiting.values());
      waiting.clear();
    }
    lost.forEach(end -> end.completeExceptionally(lost(cause)));
    return true;
  }

  private static Unavailable lost(String cause) {
    return new Unavailable("the write may be lost: " + cause);
  }
}
