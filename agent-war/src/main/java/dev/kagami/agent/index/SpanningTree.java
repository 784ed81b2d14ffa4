package dev.kagami.agent.index;

import java.util.Arrays;
import org.apache.lucene.util.Bits;

/**
 * Keeps every linked slot within reach of the {@linkplain Rows#root root}, on the lowest level:
 * each other slot has a parent, linked before it, whose row names it in a {@linkplain Rows#PIN
 * pinned} edge. Without it, slots would get lost whenever full rows let go of the only edge to
 * them. For the linker's thread only.
 */
final class SpanningTree {
  /** Where a new parent is looked for. */
  private static final int EFFORT = 64;

  /** Rows that name a slot, if there is a choice: with fewer a walk hardly comes by. */
  private static final int LEAST_NAMED = 4;

  /** One edge of so many may have a pin; the rest of a row is left to edges that searches want. */
  private static final int PINS = 8;

  static final int NONE = -1;

  private final Rows rows;
  private final Edges edges;
  private final Scorer scorer;
  private final Walk walk;
  private final int[] row;

  /** The slot that came last, and so has hardly a child. */
  private int last = NONE;

  SpanningTree(Rows rows, Edges edges, Scorer scorer) {
    this.rows = rows;
    this.edges = edges;
    this.scorer = scorer;
    this.walk = new Walk(rows);
    this.row = new int[rows.width()];
  }

  /**
   * Adds {@code slot}, whose row is there.
   *
   * @param near who may become its parent; only the first slot has nobody
   * @return who did, {@link #NONE} if the slot is the first
   */
  int add(int slot, Beam near) {
    int parent = last == NONE ? NONE : nearestThatTakes(slot, near);
    if (parent != NONE) {
      edges.add(0, parent, slot | Rows.PIN);
    }
    last = slot;
    return parent;
  }

  private int nearestThatTakes(int slot, Beam near) {
    for (int at = 0; at < near.count(); at++) {
      if (takes(near.slot(at), slot)) {
        return near.slot(at);
      }
    }
    return last;
  }

  /**
   * Whether the row of {@code from} does not lead to {@code to} and has room for an edge with a
   * pin.
   */
  private boolean takes(int from, int to) {
    int count = rows.readEdges(from, row);
    int pins = 0;
    boolean named = false;
    for (int i = 0; i < count; i++) {
      int there = Rows.slot(row[i]);
      pins += row[i] == there ? 0 : 1;
      named |= there == to;
    }
    return !named && PINS * pins < rows.width();
  }

  /**
   * Makes a tree of the edges that are there, and more edges where they do not suffice.
   *
   * @param nodes all slots that are linked
   * @param bereft those of them that slots may have named that went
   */
  void plant(SlotSet nodes, SlotSet bereft) {
    if (rows.entry().levels() == 0) {
      last = NONE;
      return;
    }
    nodes.forEach(slot -> rows.write(0, slot, row, rows.read(0, slot, row)));
    if (bereft.first() != NONE) {
      nameAgain(bereft, named(nodes));
    }
    var reached = new SlotSet();
    last = rows.entry().slot();
    rows.growFrom(last);
    grow(last, reached);
    nodes.forEach(slot -> {
      if (!reached.contains(slot)) {
        edges.add(0, parent(slot, reached), slot | Rows.PIN);
        grow(slot, reached);
      }
    });
  }

  /** Has slots be named by some of their own neighbours, as those went that named them before. */
  private void nameAgain(SlotSet bereft, int[] named) {
    int[] near = new int[rows.width()];
    bereft.forEach(slot -> {
      int count = named[slot] < LEAST_NAMED ? rows.read(0, slot, near) : 0;
      for (int i = 0; i < count && named[slot] < LEAST_NAMED; i++) {
        if (takes(near[i], slot)) {
          edges.add(0, near[i], slot | Rows.PIN);
          named[slot]++;
        }
      }
    });
  }

  /** How many rows name each slot. */
  private int[] named(SlotSet nodes) {
    int[] named = new int[nodes.bound()];
    nodes.forEach(slot -> {
      int count = rows.read(0, slot, row);
      for (int i = 0; i < count; i++) {
        named[row[i]]++;
      }
    });
    return named;
  }

  /** The nearest of {@code reached} that has room. */
  private int parent(int slot, SlotSet reached) {
    var withRoom =
        new Bits() {
          @Override
          public boolean get(int other) {
            return reached.contains(other) && takes(other, slot);
          }

          @Override
          public int length() {
            return reached.bound();
          }
        };
    var near = walk.around(scorer.about(slot), 0, rows.root(), last, EFFORT, withRoom);
    return near.count() > 0 ? near.slot(0) : last;
  }

  /** Depth first, so that few have many children; pins the edges that lead on. */
  private void grow(int from, SlotSet reached) {
    int[] path = {from};
    int depth = 1;
    reached.add(from);
    while (depth > 0) {
      int child = pinNext(path[depth - 1], reached);
      if (child == NONE) {
        depth--;
      } else {
        path = depth == path.length ? Arrays.copyOf(path, 2 * depth) : path;
        path[depth++] = child;
        last = child;
      }
    }
  }

  private int pinNext(int from, SlotSet reached) {
    int count = rows.readEdges(from, row);
    for (int i = 0; i < count; i++) {
      int child = Rows.slot(row[i]);
      if (reached.add(child)) {
        row[i] |= Rows.PIN;
        rows.write(0, from, row, count);
        return child;
      }
    }
    return NONE;
  }
}
