package dev.kagami.agent.index;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.apache.lucene.util.hnsw.NeighborArray;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;

/**
 * A graph without its upper levels, whose walks go nowhere but where the lowest leads from the
 * entry. Not thread-safe.
 */
final class LowestLevel extends HnswGraph {
  private final OnHeapHnswGraph graph;
  private NeighborArray row = new NeighborArray(0, true);
  private int at;

  LowestLevel(OnHeapHnswGraph graph) {
    this.graph = graph;
  }

  @Override
  public void seek(int level, int slot) {
    row = graph.getNeighbors(0, slot);
    at = 0;
  }

  @Override
  public int nextNeighbor() {
    return at < row.size() ? row.nodes()[at++] : DocIdSetIterator.NO_MORE_DOCS;
  }

  @Override
  public int neighborCount() {
    return row.size();
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
    return 1;
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
  public NodesIterator getNodesOnLevel(int level) {
    throw new UnsupportedOperationException("a search never lists a level");
  }
}
