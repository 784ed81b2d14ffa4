package dev.kagami.agent.index;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The graph: the neighbours of each linked slot. One thread writes, any number read, and nobody
 * ever waits.
 *
 * <p>A row on the lowest level is overwritten in place, so a search may read one half new and half
 * old. That is safe: an int is never torn, every number that ever stood in a row is a slot that was
 * linked, and a search drops what it meets twice. Such a row costs one step of one search some
 * quality.
 *
 * <p>On the lowest level an edge may be {@link #PIN pinned}: it belongs to the {@link
 * SpanningTree}.
 *
 * <p>Law: the row of a slot is complete on all its levels before any other row names the slot.
 */
final class Rows {
  /** Set in an edge that has to stay. */
  static final int PIN = 1 << 30;

  private static final int SLOT_BITS = 12;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** Where a row ends that is shorter than the widest. */
  private static final int END = -1;

  private static final int[] NO_ROW = {};

  /** The row of a slot that went. */
  private static final int[] GONE = {END};

  private final int width;
  private volatile int[][] chunks = {};

  /** The levels above the lowest, lowest first. */
  private volatile List<SlotMap<int[]>> upper = List.of();

  private volatile Entry entry = new Entry(END, 0);
  private volatile int root = END;

  /**
   * Where searches begin.
   *
   * @param levels 0 if nothing is linked
   */
  record Entry(int slot, int levels) {}

  /**
   * @param width neighbours on the lowest level, at most
   */
  Rows(int width) {
    this.width = width;
  }

  int width() {
    return width;
  }

  Entry entry() {
    return entry;
  }

  /** Where an edge leads. */
  static int slot(int edge) {
    return edge & ~PIN;
  }

  /**
   * The slot from which all others are within reach on the lowest level; there while an entry is.
   */
  int root() {
    return root;
  }

  void growFrom(int slot) {
    root = slot;
  }

  /** Has searches begin elsewhere. */
  void enter(int slot, int levels) {
    if (entry.levels() == 0) {
      root = slot;
    }
    if (entry.slot() != slot || entry.levels() != levels) {
      entry = new Entry(slot, levels);
    }
  }

  /** Has searches begin at the highest of {@code nodes}, unless they begin at one already. */
  void enterAmong(SlotSet nodes) {
    if (entry.levels() == 0 || nodes.contains(entry.slot())) {
      return;
    }
    var highest = new AtomicInteger(END);
    for (int level = entry.levels() - 1; level > 0 && highest.get() == END; level--) {
      int levels = level + 1;
      forEachOn(
          level,
          slot -> {
            if (nodes.contains(slot)) {
              highest.set(slot);
              entry = new Entry(slot, levels);
            }
          });
    }
    if (highest.get() == END) {
      int any = nodes.first();
      entry = new Entry(any, any == END ? 0 : 1);
    }
  }

  /** To be called after the rows of a new slot are there, and before others name it. */
  void complete() {
    VarHandle.releaseFence();
  }

  /** Takes the first {@code count} of {@code row} for the edges of {@code slot}. */
  void write(int level, int slot, int[] row, int count) {
    if (level == 0) {
      writeLowest(slot, row, count);
    } else {
      growTo(level).put(slot, Arrays.copyOf(row, count));
    }
  }

  private void writeLowest(int slot, int[] row, int count) {
    int[] chunk = growToChunk(slot >>> SLOT_BITS);
    int from = (slot & (SLOTS - 1)) * width;
    System.arraycopy(row, 0, chunk, from, count);
    if (count < width) {
      chunk[from + count] = END;
    }
  }

  private int[] growToChunk(int index) {
    int[][] now = chunks;
    if (index >= now.length) {
      int old = now.length;
      now = Arrays.copyOf(now, index + 1);
      for (int i = old; i <= index; i++) {
        now[i] = new int[SLOTS * width];
        Arrays.fill(now[i], END);
      }
      chunks = now;
    }
    return now[index];
  }

  private SlotMap<int[]> growTo(int level) {
    while (level > upper.size()) {
      var more = new ArrayList<>(upper);
      more.add(new SlotMap<>()); // a new slot's levels are written upwards
      upper = List.copyOf(more);
    }
    return upper.get(level - 1);
  }

  /** Whether {@code slot} may have a row; one that hangs on another has none. */
  boolean has(int slot) {
    return slot >>> SLOT_BITS < chunks.length;
  }

  /** Whether {@code slot} leads somewhere on the lowest level; any thread may ask. */
  boolean hasEdges(int slot) {
    return has(slot) && chunks[slot >>> SLOT_BITS][(slot & (SLOTS - 1)) * width] != END;
  }

  /** Whether {@code slot} is on {@code level}, which is an upper one. */
  boolean isOn(int level, int slot) {
    return level <= upper.size()
        && upper.get(level - 1).get(slot).filter(Rows::isThere).isPresent();
  }

  private static boolean isThere(int[] row) {
    return row.length == 0 || row[0] != END;
  }

  /** The slots on {@code level}, which is an upper one; for the thread that writes. */
  void forEachOn(int level, IntConsumer look) {
    if (level <= upper.size()) {
      upper
          .get(level - 1)
          .forEachSlot(slot -> {
            if (isOn(level, slot)) {
              look.accept(slot);
            }
          });
    }
  }

  /** Takes the rows of {@code slot} away, which no other names any more. */
  void remove(int slot) {
    if (has(slot)) {
      writeLowest(slot, NO_ROW, 0);
    }
    for (int level = 1; isOn(level, slot); level++) {
      upper.get(level - 1).put(slot, GONE);
    }
  }

  /**
   * Copies the row of {@code slot} on {@code level} to {@code to}, which has {@link #width} places.
   * What it names may be read after that.
   *
   * @return how many neighbours there are
   */
  int read(int level, int slot, int[] to) {
    int count = level == 0 ? readLowest(slot, to) : readUpper(level, slot, to);
    VarHandle.acquireFence();
    return count;
  }

  private int readLowest(int slot, int[] to) {
    copy(slot, to);
    int count = 0;
    for (; count < width && to[count] != END; count++) {
      to[count] = slot(to[count]);
    }
    return count;
  }

  /** The same on the lowest level, with the pins; for the thread that writes. */
  int readEdges(int slot, int[] to) {
    copy(slot, to);
    int count = 0;
    while (count < width && to[count] != END) {
      count++;
    }
    return count;
  }

  private void copy(int slot, int[] to) {
    System.arraycopy(chunks[slot >>> SLOT_BITS], (slot & (SLOTS - 1)) * width, to, 0, width);
  }

  private int readUpper(int level, int slot, int[] to) {
    int[] row = upper.get(level - 1).get(slot).filter(Rows::isThere).orElse(NO_ROW);
    System.arraycopy(row, 0, to, 0, row.length);
    return row.length;
  }
}
