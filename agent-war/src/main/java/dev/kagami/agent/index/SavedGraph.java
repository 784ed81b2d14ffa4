package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.NumberReader;
import dev.kagami.agent.checkpoint.NumberWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/**
 * A graph as its file tells it, with what has become of its slots since. In the file: magic, width
 * of a row, number of slots, the entry and its levels; for each slot its origin and what it is; the
 * rows of all nodes; those of the upper levels, each level ended by {@link #END}.
 *
 * <p>A slot whose vector went is left out, and so is one that lost more than half of its neighbours
 * with such slots: it is better linked again. A {@link Detour} leads around them.
 */
final class SavedGraph {
  private static final long MAGIC = 0xA97C_4B47_5241_5048L;
  private static final int END = -1;

  // What a slot is, if it does not hang on another, whose number then stands there.
  private static final int NODE = -1;
  private static final int NOTHING = -2;

  private final NumberReader file;
  private final int width;
  private final int slots;
  private final int entry;
  private final int levels;
  private final long[] origins;
  private final int[] hangsOn;
  private final long rowsAt;
  private final long[] kept;

  /** The number that a slot of the file has now, {@link #NOTHING} if it was left out. */
  private final int[] now;

  /** Writes the first {@code least} slots of a graph, and its entry, while it may be changing. */
  static void write(Rows rows, Twins twins, Origins origins, int least, NumberWriter to)
      throws IOException {
    var entry = rows.entry();
    int slots = Math.max(least, entry.slot() + 1);
    int[] what = what(rows, twins, entry, slots);
    to.putLong(MAGIC);
    to.putInt(rows.width());
    to.putInt(slots);
    to.putInt(entry.slot());
    to.putInt(entry.levels());
    for (int slot = 0; slot < slots; slot++) {
      to.putLong(origins.of(slot));
      to.putInt(what[slot]);
    }
    int[] row = new int[rows.width()];
    for (int level = 0; level < entry.levels(); level++) {
      for (int slot = 0; slot < slots; slot++) {
        if (level == 0 ? what[slot] == NODE : rows.isOn(level, slot)) {
          if (level > 0) {
            to.putInt(slot);
          }
          write(row, rows.read(level, slot, row), slots, to);
        }
      }
      if (level > 0) {
        to.putInt(END);
      }
    }
  }

  private static int[] what(Rows rows, Twins twins, Rows.Entry entry, int slots) {
    int[] what = new int[slots];
    Arrays.fill(what, NOTHING);
    int[] row = new int[rows.width()];
    for (int slot = 0; slot < slots; slot++) {
      if (slot == entry.slot() || (rows.has(slot) && rows.read(0, slot, row) > 0)) {
        what[slot] = NODE;
        int head = slot;
        twins.forEach(
            slot,
            twin -> {
              if (twin < slots) {
                what[twin] = head;
              }
              return false;
            });
      }
    }
    return what;
  }

  private static void write(int[] row, int count, int slots, NumberWriter to) throws IOException {
    int known = 0;
    for (int i = 0; i < count; i++) {
      if (row[i] < slots) {
        row[known++] = row[i];
      }
    }
    to.putInt(known);
    for (int i = 0; i < known; i++) {
      to.putInt(row[i]);
    }
  }

  /**
   * Reads what a file holds, and judges it by what is there now.
   *
   * @param file is read from again by {@link #restore}
   * @param alive the origins of all vectors there are, ascending
   * @param width what a row may hold
   * @throws IOException if it is the graph of other settings
   */
  SavedGraph(NumberReader file, long[] alive, int width) throws IOException {
    this.file = file;
    this.width = width;
    if (file.getLong() != MAGIC || file.getInt() != width) {
      throw new IOException("the graph was made by other settings");
    }
    slots = file.getInt();
    entry = file.getInt();
    levels = file.getInt();
    origins = new long[slots];
    hangsOn = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      origins[slot] = file.getLong();
      hangsOn[slot] = file.getInt();
    }
    rowsAt = file.position();
    var good = good(alive);
    kept = keptOrigins(good);
    now = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      now[slot] = good.get(slot) ? Arrays.binarySearch(kept, origins[slot]) : NOTHING;
    }
  }

  private FixedBitSet good(long[] alive) throws IOException {
    var there = new FixedBitSet(slots);
    for (int slot = 0; slot < slots; slot++) {
      if (Arrays.binarySearch(alive, origins[slot]) >= 0) {
        there.set(slot);
      }
    }
    var good = new FixedBitSet(slots);
    int[] row = new int[width];
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] == NODE) {
        int count = read(row);
        int left = 0;
        for (int i = 0; i < count; i++) {
          left += there.get(row[i]) ? 1 : 0;
        }
        if (there.get(slot) && 2 * left >= count) {
          good.set(slot);
        }
      }
    }
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] >= 0 && there.get(slot) && good.get(hangsOn[slot])) {
        good.set(slot);
      }
    }
    return good;
  }

  private int read(int[] row) throws IOException {
    int count = file.getInt();
    for (int i = 0; i < count; i++) {
      row[i] = file.getInt();
    }
    return count;
  }

  private long[] keptOrigins(FixedBitSet good) {
    var ascending = new long[good.cardinality()];
    int count = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (good.get(slot)) {
        ascending[count++] = origins[slot];
      }
    }
    Arrays.sort(ascending);
    return ascending;
  }

  /** The origins of the slots that need no linking, ascending; their place here is their number. */
  long[] kept() {
    return kept;
  }

  /**
   * Fills {@code rows} and {@code twins}, both empty.
   *
   * @return the slots that are nodes
   */
  SlotSet restore(Rows rows, Twins twins) throws IOException {
    var nodes = restoreLowest(rows);
    int top = nodes.first();
    int height = top == END ? 0 : 1;
    for (int level = 1; level < levels; level++) {
      for (int slot : restoreUpper(level, rows)) {
        top = level + 1 > height || slot == entry ? now[slot] : top;
        height = level + 1;
      }
    }
    rows.enter(top, height);
    hang(twins);
    return nodes;
  }

  /** Reads the rows twice: who is gone may be named before its own row comes. */
  private SlotSet restoreLowest(Rows rows) throws IOException {
    var nodes = new SlotSet();
    var detour = new Detour(now);
    int[] row = new int[width];
    file.seek(rowsAt);
    for (int slot = 0; slot < slots; slot++) {
      int count = hangsOn[slot] == NODE ? read(row) : 0;
      if (now[slot] < 0) {
        detour.through(slot, row, count);
      }
    }
    file.seek(rowsAt);
    for (int slot = 0; slot < slots; slot++) {
      int count = hangsOn[slot] == NODE ? read(row) : 0;
      if (hangsOn[slot] == NODE && now[slot] >= 0) {
        nodes.add(now[slot]);
        rows.write(0, now[slot], row, detour.around(slot, row, count));
      }
    }
    return nodes;
  }

  /**
   * Reads on, to the end of a level.
   *
   * @return the slots on it that are left, by their numbers in the file
   */
  private List<Integer> restoreUpper(int level, Rows rows) throws IOException {
    var there = new LinkedHashMap<Integer, int[]>();
    var detour = new Detour(now);
    int[] row = new int[width];
    for (int slot = file.getInt(); slot != END; slot = file.getInt()) {
      int count = read(row);
      if (now[slot] >= 0) {
        there.put(slot, Arrays.copyOf(row, count));
      } else {
        detour.through(slot, row, count);
      }
    }
    there.forEach((slot, before) -> {
      int[] after = Arrays.copyOf(before, width / 2);
      rows.write(level, now[slot], after, detour.around(slot, after, before.length));
    });
    return List.copyOf(there.keySet());
  }

  private void hang(Twins twins) {
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] >= 0 && now[slot] >= 0) {
        twins.restore(now[slot], now[hangsOn[slot]]);
      }
    }
  }
}
