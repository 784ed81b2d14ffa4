package dev.kagami.agent.index;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;

/**
 * Who looks at slots just now. A slot that nothing leads to any more can be given to another vector
 * when all have left who came before that: they may still hold its number. Readers never wait.
 *
 * <p>They count themselves by the parity of the epoch in which they came, and an epoch begins only
 * when the one before the last is empty. One thread asks who has left.
 */
final class Readers {
  private final AtomicIntegerArray inside = new AtomicIntegerArray(2);
  private volatile int epoch;

  /**
   * Begins to look.
   *
   * @return to be given to {@link #leave}
   */
  int enter() {
    while (true) {
      int now = epoch;
      inside.incrementAndGet(now & 1);
      if (epoch == now) {
        return now;
      }
      inside.decrementAndGet(now & 1); // an epoch began in between, which did not count on us
    }
  }

  /** Looks no more. */
  void leave(int entered) {
    inside.decrementAndGet(entered & 1);
  }

  /** Looks at slots all the while {@code look} lasts. */
  <R> R inside(Supplier<R> look) {
    int entered = enter();
    try {
      return look.get();
    } finally {
      leave(entered);
    }
  }

  /** The epoch that whoever looks now came in, or one before it. */
  int epoch() {
    return epoch;
  }

  /** Whether all have left who came in {@code last} or before. */
  boolean haveLeft(int last) {
    if (epoch == last) {
      if (inside.get((last + 1) & 1) > 0) {
        return false;
      }
      epoch = last + 1;
    }
    return inside.get(last & 1) == 0;
  }
}
