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
  private final int mostPending;
  private final AtomicBoolean running = new AtomicBoolean();
  private final Turnstile turnstile;

  /** Who waits until so many slots are linked; guarded by itself. */
  private final NavigableMap<Integer, CompletableFuture<Void>> waiting = new TreeMap<>();

  /** Whether the purge knows of what was linked before a restart; the linker's own. */
  private boolean begun;

  /** Slots are linked one after another now; not while the graph is purged. */
  private volatile boolean linking;

  private volatile boolean stopped;
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * @param mostPending slots that may wait before writers wait too
   * @param turnstile where they do
   */
  Linker(
      Pending pending,
      LiveGraph graph,
      Purge purge,
      IntPredicate needed,
      Executor executor,
      int mostPending,
      Turnstile turnstile) {
    this.pending = pending;
    this.graph = graph;
    this.purge = purge;
    this.needed = needed;
    this.executor = executor;
    this.mostPending = mostPending;
    this.turnstile = turnstile;
  }

  /** Sees to it that what is pending gets linked; to be called without locks. */
  void wake() {
    if (pending.size() > 0 && isAble() && running.compareAndSet(false, true)) {
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

  /**
   * When a writer may be answered as far as linking goes.
   *
   * @return empty for at once; otherwise too much is pending, and it ends when others were linked
   */
  Optional<CompletionStage<Void>> turn() {
    if (!isCrowded()) {
      return Optional.empty();
    }
    var turn = turnstile.enter();
    if (!isCrowded()) {
      turnstile.open(); // the linker may have looked before we came
    }
    return Optional.of(turn);
  }

  private boolean isCrowded() {
    return linking && pending.size() > mostPending;
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
      while (isAble() && pending.size() > 0) {
        linking = true;
        linkNext();
        letWritersThrough();
        purge.run();
      }
    } catch (RuntimeException | Error fault) {
      failure = Optional.of(fault);
      failWaiting(broken(fault));
      throw fault;
    } finally {
      rest();
      running.set(false);
    }
    wake(); // for what came between the last look and the end
  }

  private void letWritersThrough() {
    if (purge.isDue()) {
      rest();
    } else if (isCrowded()) {
      turnstile.linked();
    } else {
      turnstile.open();
    }
  }

  /** Holds no writer up from now on. */
  private void rest() {
    linking = false;
    turnstile.open();
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
