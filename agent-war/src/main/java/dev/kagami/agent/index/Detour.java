package dev.kagami.agent.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Leads around slots that are gone: who named one of them names instead those of its neighbours
 * that are still there, or theirs. For one level of a graph. Not thread-safe.
 */
final class Detour {
  private static final int[] NOBODY = {};

  private final int[] now;
  private final Map<Integer, int[]> gone = new HashMap<>();

  /** Who was met on behalf of which slot last; slots count from 1 here. */
  private final int[] metFor;

  private int[] met = {};

  /**
   * @param now the number that each slot has now, negative if it is gone
   */
  Detour(int[] now) {
    this.now = now;
    this.metFor = new int[now.length];
  }

  /** Learns of the first {@code count} neighbours of {@code slot}, which is gone. */
  void through(int slot, int[] row, int count) {
    gone.put(slot, Arrays.copyOf(row, count));
  }

  /**
   * Replaces the first {@code count} neighbours of {@code slot} by those that it has now, by their
   * present numbers, as many as {@code row} has room for.
   *
   * @return how many there are
   */
  int around(int slot, int[] row, int count) {
    return areThere(row, count) ? renumber(row, count) : aroundGone(slot, row, count);
  }

  private boolean areThere(int[] row, int count) {
    for (int i = 0; i < count; i++) {
      if (now[row[i]] < 0) {
        return false;
      }
    }
    return count <= row.length;
  }

  private int renumber(int[] row, int count) {
    for (int i = 0; i < count; i++) {
      row[i] = now[row[i]];
    }
    return count;
  }

  private int aroundGone(int slot, int[] row, int count) {
    metFor[slot] = slot + 1;
    int waiting = meet(slot, row, count, 0);
    int left = 0;
    for (int i = 0; i < waiting && left < row.length; i++) {
      int there = now[met[i]];
      if (there >= 0) {
        row[left++] = there;
      } else {
        int[] further = gone.getOrDefault(met[i], NOBODY);
        waiting = meet(slot, further, further.length, waiting);
      }
    }
    return left;
  }

  private int meet(int slot, int[] row, int count, int waiting) {
    met = waiting + count > met.length ? Arrays.copyOf(met, 2 * (waiting + count)) : met;
    int all = waiting;
    for (int i = 0; i < count; i++) {
      if (metFor[row[i]] != slot + 1) {
        metFor[row[i]] = slot + 1;
        met[all++] = row[i];
      }
    }
    return all;
  }
}
