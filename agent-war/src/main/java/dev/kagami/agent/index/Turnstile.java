package dev.kagami.agent.index;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where writers wait while too much is pending. One may go on for every two slots that are linked,
 * so that what is pending gets less, and nobody waits for longer than those before take. Any thread
 * may come; the linker lets through.
 */
final class Turnstile {
  private static final int LINKS_FOR_ONE = 2;

  private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();

  /** Since one was let through; the linker's own. */
  private int links;

  /** Ends when it is the caller's turn. */
  CompletionStage<Void> enter() {
    var turn = new CompletableFuture<Void>();
    waiting.add(turn);
    return turn;
  }

  /** One more slot was linked; for the linker. */
  void linked() {
    if (++links >= LINKS_FOR_ONE) {
      links = 0;
      letThrough();
    }
  }

  /** Lets all through that wait now; any thread may. */
  void open() {
    while (letThrough()) {
      // the next
    }
  }

  private boolean letThrough() {
    var first = waiting.poll();
    return first != null && first.complete(null);
  }
}
