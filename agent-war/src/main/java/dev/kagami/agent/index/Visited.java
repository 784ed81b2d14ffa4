package dev.kagami.agent.index;

import java.util.Arrays;

/**
 * The slots that one walk has met: a byte for each slot, which says in which walk, so that nothing
 * has to be probed or cleared. Reused from walk to walk. Not thread-safe.
 */
final class Visited {
  private static final int FIRST_SIZE = 1 << 12;
  private static final byte LAST = -1; // as the bytes are counted up from 0

  private byte[] marks = new byte[FIRST_SIZE];

  /** The mark of this walk; 0 is nobody's. */
  private byte mark = 0;

  /** Forgets all. */
  void begin() {
    if (mark == LAST) {
      Arrays.fill(marks, (byte) 0);
      mark = 0;
    }
    mark++;
  }

  /** Whether {@code slot} is met for the first time. */
  boolean add(int slot) {
    reserve(slot);
    boolean first = marks[slot] != mark;
    marks[slot] = mark;
    return first;
  }

  /**
   * Moves those of the first {@code count} slots of {@code row} to its front that are met for the
   * first time.
   *
   * @return how many they are
   */
  int addAll(int[] row, int count) {
    int greatest = 0;
    for (int i = 0; i < count; i++) {
      greatest = Math.max(greatest, row[i]);
    }
    reserve(greatest);
    byte[] all = marks;
    int fresh = 0;
    for (int i = 0; i < count; i++) {
      int slot = row[i];
      row[fresh] = slot;
      fresh += all[slot] == mark ? 0 : 1;
      all[slot] = mark;
    }
    return fresh;
  }

  private void reserve(int slot) {
    if (slot >= marks.length) {
      marks = Arrays.copyOf(marks, Math.max(slot + 1, marks.length + marks.length / 2));
    }
  }
}
