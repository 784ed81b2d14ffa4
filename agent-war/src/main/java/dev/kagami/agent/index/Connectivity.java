package dev.kagami.agent.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.NeighborArray;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Keeps every slot of a graph within reach of its entry, on the lowest level: a row that overflows
 * drops a neighbour, which may have been named there only. What is out of reach gets a place in the
 * row of the nearest slot that has room for it. For the linker's thread only.
 */
final class Connectivity {
  private static final int EFFORT = 64;

  private final OnHeapHnswGraph graph;
  private final UpdateableRandomVectorScorer scorer;
  private final int width;

  /**
   * @param width neighbours of a slot, at most
   */
  Connectivity(OnHeapHnswGraph graph, UpdateableRandomVectorScorer scorer, int width) {
    this.graph = graph;
    this.scorer = scorer;
    this.width = width;
  }

  /**
   * Looks at the whole graph and mends it.
   *
   * @param changed is told the slots that have other neighbours now
   * @return how many slots were out of reach
   */
  int restore(IntConsumer changed) throws IOException {
    int found = 0;
    var reached = new FixedBitSet(graph.maxNodeId() + 1);
    int count = spread(graph.entryNode(), reached);
    for (int slot = 0; count < graph.size() && slot <= graph.maxNodeId(); slot++) {
      if (!reached.get(slot) && graph.nodeExistAtLevel(0, slot)) {
        found++;
        bridge(slot, reached, changed);
        count += spread(slot, reached);
      }
    }
    return found;
  }

  /** Whether a neighbour of {@code slot} names it too. */
  boolean isNamed(int slot) {
    var neighbors = graph.getNeighbors(0, slot);
    for (int i = 0; i < neighbors.size(); i++) {
      if (names(graph.getNeighbors(0, neighbors.nodes()[i]), slot)) {
        return true;
      }
    }
    return neighbors.size() == 0; // the first of all
  }

  /** Has the nearest of {@code from} that has room name {@code slot}. */
  void bridge(int slot, Bits from, IntConsumer changed) throws IOException {
    scorer.setScoringOrdinal(slot);
    var withRoom =
        new Bits() {
          @Override
          public boolean get(int other) {
            return other != slot && from.get(other) && hasRoom(graph.getNeighbors(0, other));
          }

          @Override
          public int length() {
            return from.length();
          }
        };
    var near = new TopKnnCollector(EFFORT, Integer.MAX_VALUE);
    HnswGraphSearcher.search(scorer, near, new LowestLevel(graph), withRoom);
    for (var hit : near.topDocs().scoreDocs) {
      link(hit.doc, slot, hit.score, changed);
      link(slot, hit.doc, hit.score, changed);
      return;
    }
  }

  private void link(int from, int to, float score, IntConsumer changed) {
    var row = graph.getNeighbors(0, from);
    if (hasRoom(row) && !names(row, to)) {
      row.addOutOfOrder(to, score);
      changed.accept(from);
    }
  }

  private boolean hasRoom(NeighborArray row) {
    return row.size() < width;
  }

  private static boolean names(NeighborArray row, int slot) {
    for (int i = 0; i < row.size(); i++) {
      if (row.nodes()[i] == slot) {
        return true;
      }
    }
    return false;
  }

  /**
   * Marks what can be reached from {@code slot} and was not marked.
   *
   * @return how much that is
   */
  private int spread(int slot, FixedBitSet reached) {
    reached.set(slot);
    int[] waiting = {slot};
    int left = 1;
    int count = 0;
    while (left > 0) {
      var row = graph.getNeighbors(0, waiting[--left]);
      count++;
      for (int i = 0; i < row.size(); i++) {
        if (!reached.getAndSet(row.nodes()[i])) {
          if (left == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * left);
          }
          waiting[left++] = row.nodes()[i];
        }
      }
    }
    return count;
  }
}
