package dev.kagami.agent.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The neighbours of the few slots that reach one of the graph's upper levels: a hash table by slot,
 * open addressing, nothing is ever taken out. One thread writes, any number read without a lock. A
 * row is replaced, never changed.
 */
final class UpperRows {
  private static final VarHandle ROW = MethodHandles.arrayElementVarHandle(int[][].class);
  private static final int[] NO_ROW = {};
  private static final int FIRST_SIZE = 64;
  private static final int SPREAD = 0x9E37_79B9; // Knuth's multiplicative hashing

  /** The writer's own. */
  private int count;

  private volatile Table table = new Table(FIRST_SIZE);

  /** A place is free while it has no row; its slot is written before. */
  private static final class Table {
    final int[] slots;
    final int[][] rows;
    final int shift;

    Table(int size) {
      slots = new int[size];
      rows = new int[size][];
      shift = Integer.numberOfLeadingZeros(size) + 1;
    }

    int place(int slot) {
      int place = (slot * SPREAD) >>> shift;
      while (ROW.getAcquire(rows, place) != null && slots[place] != slot) {
        place = (place + 1) & (rows.length - 1);
      }
      return place;
    }

    boolean put(int slot, int[] row) {
      int place = place(slot);
      boolean isNew = rows[place] == null;
      slots[place] = slot;
      ROW.setRelease(rows, place, row);
      return isNew;
    }
  }

  /** The row of {@code slot}, not to be changed; empty if it is not on this level. */
  int[] row(int slot) {
    var now = table;
    int[] row = (int[]) ROW.getAcquire(now.rows, now.place(slot));
    return row == null ? NO_ROW : row;
  }

  /** Gives {@code slot} a row, which nobody may change any more. */
  void put(int slot, int[] row) {
    if (table.put(slot, row) && ++count > table.rows.length / 2) {
      grow();
    }
  }

  private void grow() {
    var old = table;
    var next = new Table(2 * old.rows.length);
    for (int place = 0; place < old.rows.length; place++) {
      if (old.rows[place] != null) {
        next.put(old.slots[place], old.rows[place]);
      }
    }
    table = next;
  }
}
