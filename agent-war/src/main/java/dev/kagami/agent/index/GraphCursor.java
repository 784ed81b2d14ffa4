package dev.kagami.agent.index;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.hnsw.HnswGraph;

/**
 * One search's walk through the {@link Rows}, which grow meanwhile: slots that were linked after it
 * began are left out, so that Lucene's searcher can count on a greatest one. Not thread-safe.
 */
final class GraphCursor extends HnswGraph {
  private final Rows rows;
  private final Rows.Entry entry;
  private final int slots;
  private final int[] row;
  private int count;
  private int at;

  /**
   * @param linked slots that were linked before {@code entry} was read
   */
  GraphCursor(Rows rows, Rows.Entry entry, int linked) {
    this.rows = rows;
    this.entry = entry;
    this.slots = Math.max(linked, entry.slot() + 1);
    this.row = new int[rows.width()];
  }

  @Override
  public void seek(int level, int slot) {
    int all = rows.read(level, slot, row);
    at = 0;
    count = 0;
    for (int i = 0; i < all; i++) {
      int neighbor = row[i];
      if (neighbor < slots) {
        row[count++] = neighbor;
      }
    }
  }

  @Override
  public int nextNeighbor() {
    return at < count ? row[at++] : DocIdSetIterator.NO_MORE_DOCS;
  }

  @Override
  public int neighborCount() {
    return count;
  }

  @Override
  public int size() {
    return slots;
  }

  @Override
  public int maxNodeId() {
    return slots - 1;
  }

  @Override
  public int numLevels() {
    return entry.levels();
  }

  @Override
  public int maxConn() {
    return rows.width() / 2;
  }

  @Override
  public int entryNode() {
    return entry.slot();
  }

  @Override
  public NodesIterator getNodesOnLevel(int level) {
    throw new UnsupportedOperationException("a search never lists a level");
  }
}
