package dev.kagami.agent.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * The graph of the linked slots. Lucene's builder makes it, in a graph of its own that nobody else
 * reads; Lucene's searcher walks through the {@link Rows}, a copy that both may use at once.
 *
 * <p>One thread links; any number search, and never wait. A slot that was linked stays as a
 * stepping stone even if nobody may see it.
 */
final class LiveGraph {
  private static final long SEED = 42;

  private final HnswGraphBuilder builder;
  private final OnHeapHnswGraph master;
  private final Rows rows;

  /**
   * @param connections M of arXiv:1603.09320, section 4
   * @param beam efConstruction of the same
   */
  LiveGraph(RandomVectorScorerSupplier scorers, int connections, int beam) {
    try {
      this.builder = HnswGraphBuilder.create(scorers, connections, beam, SEED);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    this.master = builder.getGraph();
    this.rows = new Rows(2 * connections);
  }

  /** Links {@code slot}; only one thread may do so, and each slot only once. */
  void link(int slot) {
    try {
      builder.addGraphNode(slot);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    publish(slot);
  }

  /**
   * 1. Copies the new slot's rows, which nobody can reach yet. 2. Copies its neighbours' rows: as
   * links back go only to them, no other has changed. 3. Moves the entry.
   */
  private void publish(int slot) {
    int level = 0;
    for (; master.nodeExistAtLevel(level, slot); level++) {
      rows.write(level, slot, master.getNeighbors(level, slot));
    }
    rows.complete();
    while (--level >= 0) {
      var neighbors = master.getNeighbors(level, slot);
      for (int i = 0; i < neighbors.size(); i++) {
        int neighbor = neighbors.nodes()[i];
        rows.write(level, neighbor, master.getNeighbors(level, neighbor));
      }
    }
    rows.enter(master.entryNode(), master.numLevels());
  }

  /**
   * Walks towards what {@code scorer} prefers.
   *
   * @param linked how many slots were linked before the call; the others may be missed
   * @return the {@code effort} best that it met and {@code visible} lets pass
   */
  KnnCollector search(RandomVectorScorer scorer, int effort, Bits visible, int linked) {
    var best = new TopKnnCollector(effort, Integer.MAX_VALUE);
    var entry = rows.entry();
    if (entry.levels() > 0) {
      try {
        HnswGraphSearcher.search(scorer, best, new GraphCursor(rows, entry, linked), visible);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    return best;
  }
}
