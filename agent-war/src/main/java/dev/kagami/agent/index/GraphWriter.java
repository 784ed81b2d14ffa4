package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.NumberWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Writes a graph to the file that a {@link SavedGraph} reads, while it may be changing. */
final class GraphWriter {
  private GraphWriter() {}

  /**
   * Writes the first {@code slots} slots.
   *
   * @param waiting slots that were not linked a moment ago; they are left out
   */
  static void write(
      Rows rows, Twins twins, Origins origins, int slots, SlotSet waiting, NumberWriter to)
      throws IOException {
    var entry = rows.entry();
    int[] what = what(twins, slots, slot -> isNode(rows, entry, slot, waiting));
    to.putLong(SavedGraph.MAGIC);
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
        if (level == 0 ? what[slot] == SavedGraph.NODE : rows.isOn(level, slot)) {
          if (level > 0) {
            to.putInt(slot);
          }
          write(row, rows.read(level, slot, row), slots, to);
        }
      }
      if (level > 0) {
        to.putInt(SavedGraph.END);
      }
    }
  }

  private static boolean isNode(Rows rows, Rows.Entry entry, int slot, SlotSet waiting) {
    return !waiting.contains(slot) && (slot == entry.slot() || rows.hasEdges(slot));
  }

  private static int[] what(Twins twins, int slots, IntPredicate isNode) {
    int[] what = new int[slots];
    Arrays.fill(what, SavedGraph.NOTHING);
    for (int slot = 0; slot < slots; slot++) {
      if (isNode.test(slot)) {
        what[slot] = SavedGraph.NODE;
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
      if (row[i] < slots && !isAmong(row, known, row[i])) {
        row[known++] = row[i];
      }
    }
    to.putInt(known);
    for (int i = 0; i < known; i++) {
      to.putInt(row[i]);
    }
  }

  /** A row that was read half new and half old may name a slot twice. */
  private static boolean isAmong(int[] row, int count, int slot) {
    for (int i = 0; i < count; i++) {
      if (row[i] == slot) {
        return true;
      }
    }
    return false;
  }
}
