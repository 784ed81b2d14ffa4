package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.NumberReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/**
 * A graph as its file tells it, with what has become of its slots since. In the file: magic, width
 * of a row, number of slots, the entry and its levels; for each slot its origin and what it is; the
 * rows of all nodes; those of the upper levels, each level ended by {@link #END}. A {@link
 * GraphWriter} wrote it.
 *
 * <p>A slot whose vector went is left out, and so is one that lost more than half of its neighbours
 * with such slots: it is better linked again. A {@link Detour} leads around them.
 *
 * <p>Law: every node was linked when the writing began, so that those who name it do so in the
 * file.
 */
final class SavedGraph implements AutoCloseable {
  static final long MAGIC = 0xA97C_4B47_5241_5048L;
  static final int END = -1;

  // What a slot is, if it does not hang on another, whose number then stands there.
  static final int NODE = -1;
  static final int NOTHING = -2;

  private final NumberReader file;
  private final int width;
  private final int slots;
  private final int entry;
  private final int levels;
  private final long[] origins;
  private final int[] hangsOn;
  private final long rowsAt;
  private final long[] kept;

  /** Whether all are there that were linked. */
  private final boolean whole;

  /** The number that a slot of the file has now, {@link #NOTHING} if it was left out. */
  private final int[] now;

  /** What a file gives back: its nodes, and those of them that fewer rows name than before. */
  record Restored(SlotSet nodes, SlotSet bereft) {}

  /**
   * Reads what a file holds, and judges it by what is there now.
   *
   * @param file is read from again by {@link #restore}, and closed with this or in case of errors
   * @param alive the origins of all vectors there are, ascending
   * @param width what a row may hold
   * @throws IOException if it is the graph of other settings
   */
  static SavedGraph open(NumberReader file, long[] alive, int width) throws IOException {
    try {
      return new SavedGraph(file, alive, width);
    } catch (IOException | RuntimeException damage) {
      file.close();
      throw damage;
    }
  }

  private SavedGraph(NumberReader file, long[] alive, int width) throws IOException {
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
    var there = there(alive);
    whole = there.cardinality() == linked();
    var good = whole ? there : good(there);
    kept = keptOrigins(good);
    now = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      now[slot] = good.get(slot) ? Arrays.binarySearch(kept, origins[slot]) : NOTHING;
    }
  }

  /** Who was linked, or hung on one that was, and is there. */
  private FixedBitSet there(long[] alive) {
    var there = new FixedBitSet(slots);
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] != NOTHING && Arrays.binarySearch(alive, origins[slot]) >= 0) {
        there.set(slot);
      }
    }
    return there;
  }

  private int linked() {
    return (int) Arrays.stream(hangsOn).filter(on -> on != NOTHING).count();
  }

  private FixedBitSet good(FixedBitSet there) throws IOException {
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

  /** Fills {@code rows} and {@code twins}, both empty; the vectors need not be there. */
  Restored restore(Rows rows, Twins twins) throws IOException {
    var restored = restoreLowest(rows);
    int top = restored.nodes().first();
    int height = top == END ? 0 : 1;
    for (int level = 1; level < levels; level++) {
      for (int slot : restoreUpper(level, rows)) {
        top = level + 1 > height || slot == entry ? now[slot] : top;
        height = level + 1;
      }
    }
    rows.enter(top, height);
    hang(twins);
    return restored;
  }

  /** Reads the rows twice if somebody is gone, who may be named before its own row comes. */
  private Restored restoreLowest(Rows rows) throws IOException {
    var detour = new Detour(now);
    int[] lost = whole ? new int[0] : learnOfLoss(detour);
    var nodes = new SlotSet();
    int[] row = new int[width];
    file.seek(rowsAt);
    for (int slot = 0; slot < slots; slot++) {
      int count = hangsOn[slot] == NODE ? read(row) : 0;
      if (hangsOn[slot] == NODE && now[slot] >= 0) {
        int left = detour.around(slot, row, count);
        nodes.add(now[slot]);
        rows.write(0, now[slot], row, left);
        add(lost, row, whole ? 0 : left, -1);
      }
    }
    return new Restored(nodes, bereft(lost));
  }

  /** How many rows name each of those that are left, by their present numbers. */
  private int[] learnOfLoss(Detour detour) throws IOException {
    int[] named = new int[slots];
    int[] row = new int[width];
    file.seek(rowsAt);
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] == NODE) {
        int count = read(row);
        add(named, row, count, 1);
        if (now[slot] < 0) {
          detour.through(slot, row, count);
        }
      }
    }
    int[] ofLeft = new int[kept.length];
    for (int slot = 0; slot < slots; slot++) {
      if (now[slot] >= 0) {
        ofLeft[now[slot]] = named[slot];
      }
    }
    return ofLeft;
  }

  private static void add(int[] sums, int[] row, int count, int addend) {
    for (int i = 0; i < count; i++) {
      sums[row[i]] += addend;
    }
  }

  private static SlotSet bereft(int[] lost) {
    var bereft = new SlotSet();
    for (int slot = 0; slot < lost.length; slot++) {
      if (lost[slot] > 0) {
        bereft.add(slot);
      }
    }
    return bereft;
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

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void hang(Twins twins) {
    for (int slot = 0; slot < slots; slot++) {
      if (hangsOn[slot] >= 0 && now[slot] >= 0) {
        twins.restore(now[slot], now[hangsOn[slot]]);
      }
    }
  }
}
