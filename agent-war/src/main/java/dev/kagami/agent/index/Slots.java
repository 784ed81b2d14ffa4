package dev.kagami.agent.index;

import java.util.Arrays;

/** Which slots can be taken: those that were given back, then ever new ones. Thread-safe. */
final class Slots {
  // Guarded by this.
  private int[] free = {};
  private int freeCount;

  private volatile int ever;

  /** Begins with {@code count} slots, all of them taken. */
  void restore(int count) {
    ever = count;
  }

  /** A slot that nobody else has. */
  synchronized int take() {
    return freeCount > 0 ? free[--freeCount] : ever++;
  }

  /** Gives back {@code slot}, which nobody may look at any more. */
  synchronized void free(int slot) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount + 64);
    }
    free[freeCount++] = slot;
  }

  /** How many there are or ever were: all are below that. */
  int ever() {
    return ever;
  }
}
