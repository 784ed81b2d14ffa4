package dev.kagami.agent.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where writers wait while too much is pending. One may go on for every two slots that are linked,
 * so that what is pending gets less, and nobody waits for longer than {@link #LONGEST_WAIT}. Any
 * thread may come; the linker lets through.
 */
final class Turnstile {
  /** Callers give up an agent that is silent for seconds: to be slow must not look like that. */
  static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  private static final int LINKS_FOR_ONE = 2;

  private record Writer(CompletableFuture<Void> turn, Instant came) {}

  private final Queue<Writer> waiting = new ConcurrentLinkedQueue<>();
  private final InstantSource clock;

  /** Since one was let through; the linker's own. */
  private int links;

  Turnstile(InstantSource clock) {
    this.clock = clock;
  }

  /** Ends when it is the caller's turn. */
  CompletionStage<Void> enter() {
    var turn = new CompletableFuture<Void>();
    waiting.add(new Writer(turn, clock.instant()));
    return turn;
  }

  /** One more slot was linked; for the linker. */
  void linked() {
    if (++links >= LINKS_FOR_ONE) {
      links = 0;
      letThrough();
    }
    var longAgo = clock.instant().minus(LONGEST_WAIT);
    while (hasWaitedSince(longAgo)) {
      letThrough();
    }
  }

  private boolean hasWaitedSince(Instant time) {
    var first = waiting.peek();
    return first != null && !first.came().isAfter(time);
  }

  /** Lets all through that wait now; any thread may. */
  void open() {
    while (letThrough()) {
      // the next
    }
  }

  private boolean letThrough() {
    var first = waiting.poll();
    return first != null && first.turn().complete(null);
  }
}
