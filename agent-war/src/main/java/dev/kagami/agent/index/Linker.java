package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.Unavailable;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;

/**
 * Links pending slots, one after another, on the executor it was given; it occupies one thread of
 * it while there is work. Slots that no version needs any more are passed over, and given back by
 * the {@link Purge}. Thread-safe.
 */
final class Linker {
  private final Pending pending;
  private final LiveGraph graph;
  private final Purge purge;
  private final IntPredicate needed;
  private final Executor executor;
  private final AtomicBoolean running = new AtomicBoolean();

  /** Who waits until so many slots are linked; guarded by itself. */
  private final NavigableMap<Integer, CompletableFuture<Void>> waiting = new TreeMap<>();

  /** Ran once, if only to take over what was restored. */
  private volatile boolean begun;

  private volatile boolean stopped;
  private volatile Optional<Throwable> failure = Optional.empty();

  Linker(Pending pending, LiveGraph graph, Purge purge, IntPredicate needed, Executor executor) {
    this.pending = pending;
    this.graph = graph;
    this.purge = purge;
    this.needed = needed;
    this.executor = executor;
  }

  /** Sees to it that what is pending gets linked; to be called without locks. */
  void wake() {
    if ((pending.size() > 0 || !begun) && isAble() && running.compareAndSet(false, true)) {
      executor.execute(this::run);
    }
  }

  /** Ends when the first {@code slots} slots are linked. */
  CompletionStage<Void> linked(int slots) {
    CompletableFuture<Void> end;
    synchronized (waiting) {
      if (pending.linked() >= slots) {
        return CompletableFuture.completedStage(null);
      }
      end = waiting.computeIfAbsent(slots, _ -> new CompletableFuture<>());
    }
    failure.ifPresent(cause -> failWaiting(broken(cause)));
    if (stopped) {
      failWaiting(stopping());
    }
    return end;
  }

  boolean isAwaited() {
    synchronized (waiting) {
      return !waiting.isEmpty();
    }
  }

  /** Why nothing is linked any more, if so; searches scan what is pending all the same. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** Links nothing more; the slot that is being linked is finished. */
  void stop() {
    stopped = true;
    failWaiting(stopping());
  }

  private boolean isAble() {
    return !stopped && failure.isEmpty();
  }

  private void run() {
    try {
      if (!begun) {
        purge.begin(pending.linked());
      }
      begun = true;
      graph.fill();
      while (isAble() && pending.size() > 0) {
        linkNext();
        purge.run();
      }
    } catch (RuntimeException | Error fault) {
      failure = Optional.of(fault);
      failWaiting(broken(fault));
      throw fault;
    } finally {
      running.set(false);
    }
    wake(); // for what came between the last look and the end
  }

  private void linkNext() {
    int arrival = pending.linked();
    int slot = pending.slot(arrival);
    if (needed.test(slot)) {
      graph.link(slot);
    }
    purge.hold(slot);
    pending.advance();
    Map<Integer, CompletableFuture<Void>> reached;
    synchronized (waiting) {
      var due = waiting.headMap(arrival + 1, true);
      reached = Map.copyOf(due);
      due.clear();
    }
    reached.values().forEach(end -> end.complete(null));
  }

  private static Unavailable stopping() {
    return new Unavailable("linking was stopped, by a flush or the end of the agent");
  }

  private static Internal broken(Throwable fault) {
    return new Internal("linking has failed: " + fault, fault);
  }

  private void failWaiting(ValdException cause) {
    Map<Integer, CompletableFuture<Void>> all;
    synchronized (waiting) {
      all = Map.copyOf(waiting);
      waiting.clear();
    }
    all.values().forEach(end -> end.completeExceptionally(cause));
  }
}
