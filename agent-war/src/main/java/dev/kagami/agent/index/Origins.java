package dev.kagami.agent.index;

import java.util.Arrays;

/**
 * By which record of the log the vector in each slot came: the name under which a slot is found
 * again after a restart, which numbers slots anew. One writer, under the store's write lock; others
 * may read an origin as soon as they learned of its slot through a volatile or a lock.
 */
final class Origins {
  private static final int SLOT_BITS = 13;
  private static final int SLOTS = 1 << SLOT_BITS;

  private volatile long[][] chunks = {};

  void put(int slot, long seq) {
    int index = slot >>> SLOT_BITS;
    growTo(index);
    chunks[index][slot & (SLOTS - 1)] = seq;
  }

  /** Makes room for {@code slots} slots. */
  void reserve(int slots) {
    if (slots > 0) {
      growTo((slots - 1) >>> SLOT_BITS);
    }
  }

  private void growTo(int index) {
    if (index >= chunks.length) {
      var now = Arrays.copyOf(chunks, index + 1);
      for (int i = chunks.length; i <= index; i++) {
        now[i] = new long[SLOTS];
      }
      chunks = now;
    }
  }

  /** The origin of {@code slot}, 0 if it never had one. */
  long of(int slot) {
    return slot >>> SLOT_BITS >= chunks.length ? 0 : chunks[slot >>> SLOT_BITS][slot & (SLOTS - 1)];
  }
}
