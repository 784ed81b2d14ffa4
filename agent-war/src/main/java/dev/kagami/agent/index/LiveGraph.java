package dev.kagami.agent.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.StampedLock;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.NeighborArray;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * The graph of the linked slots: built by Lucene's builder while it is searched by Lucene's
 * searcher. Nothing else touches {@code org.apache.lucene.util.hnsw} but the scorers.
 *
 * <p>Thread-safe: searches share a lock that linking one slot takes alone. A slot that was linked
 * stays as a stepping stone even if nobody may see it.
 */
final class LiveGraph {
  private static final long SEED = 42;

  private final StampedLock lock = new StampedLock();
  private final HnswGraphBuilder builder;
  private final OnHeapHnswGraph graph;

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
    this.graph = builder.getGraph();
  }

  /** Links {@code slot}; only one thread may do so, and each slot only once. */
  void link(int slot) {
    long stamp = lock.writeLock();
    try {
      builder.addGraphNode(slot);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * Walks towards what {@code scorer} prefers.
   *
   * @return the {@code effort} best that it met and {@code visible} lets pass
   */
  KnnCollector search(RandomVectorScorer scorer, int effort, Bits visible) {
    var best = new TopKnnCollector(effort, Integer.MAX_VALUE);
    long stamp = lock.readLock();
    try {
      if (graph.size() > 0) {
        HnswGraphSearcher.search(scorer, best, new Cursor(graph), visible);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      lock.unlockRead(stamp);
    }
    return best;
  }

  /** One search's place in the graph, whose own cursor only the builder may move. */
  private static final class Cursor extends HnswGraph {
    private final OnHeapHnswGraph graph;
    private NeighborArray neighbors;
    private int at;

    Cursor(OnHeapHnswGraph graph) {
      this.graph = graph;
    }

    @Override
    public void seek(int level, int slot) {
      neighbors = graph.getNeighbors(level, slot);
      at = 0;
    }

    @Override
    public int nextNeighbor() {
      return at < neighbors.size() ? neighbors.nodes()[at++] : DocIdSetIterator.NO_MORE_DOCS;
    }

    @Override
    public int size() {
      return graph.size();
    }

    @Override
    public int maxNodeId() {
      return graph.maxNodeId();
    }

    @Override
    public int numLevels() {
      return graph.numLevels();
    }

    @Override
    public int maxConn() {
      return graph.maxConn();
    }

    @Override
    public int entryNode() {
      return graph.entryNode();
    }

    @Override
    public int neighborCount() {
      return neighbors.size();
    }

    @Override
    public NodesIterator getNodesOnLevel(int level) {
      throw new UnsupportedOperationException("a search never lists a level");
    }
  }
}
