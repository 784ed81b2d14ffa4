package dev.kagami.agent.index;

import java.util.Arrays;

/**
 * The slots that one walk has met: a hash set that is small enough to stay in the processor's cache
 * however many slots there are. Reused from walk to walk. Not thread-safe.
 */
final class Visited {
  private static final int SPREAD = 0x9E37_79B9; // Knuth's multiplicative hashing
  private static final int LEAST = 1 << 12;
  private static final int MOST_AT_FIRST = 1 << 16;
  private static final int PER_HIT = 64;

  /** Slots plus 1, so that 0 is a free place; of a power of two, only the first are in use. */
  private int[] places = new int[LEAST];

  private int used;
  private int shift;
  private int count;

  /** Forgets all, for a walk that looks for {@code hits} hits. */
  void begin(int hits) {
    int size = Math.clamp(Integer.highestOneBit(PER_HIT * hits), LEAST, MOST_AT_FIRST);
    if (size > places.length) {
      places = new int[size];
    } else {
      Arrays.fill(places, 0, size, 0);
    }
    resize(size);
  }

  private void resize(int size) {
    used = size;
    shift = Integer.numberOfLeadingZeros(size) + 1;
    count = 0;
  }

  /** Whether {@code slot} is met for the first time. */
  boolean add(int slot) {
    int key = slot + 1;
    int place = (key * SPREAD) >>> shift;
    for (int there = places[place]; there != 0; there = places[place]) {
      if (there == key) {
        return false;
      }
      place = (place + 1) & (used - 1);
    }
    places[place] = key;
    if (++count > used / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    int[] old = Arrays.copyOf(places, used);
    places = new int[2 * used];
    resize(places.length);
    for (int key : old) {
      if (key != 0) {
        add(key - 1);
      }
    }
  }
}
