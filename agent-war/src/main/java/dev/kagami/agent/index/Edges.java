package dev.kagami.agent.index;

/** Adds edges to {@link Rows}, whose rows stay diverse. For the linker's thread only. */
final class Edges {
  private final Rows rows;
  private final int upperWidth;
  private final Diversity diversity;
  private final int[] row;

  /**
   * @param upperWidth edges of a slot on an upper level, at most
   */
  Edges(Rows rows, int upperWidth, Scorer scorer) {
    this.rows = rows;
    this.upperWidth = upperWidth;
    this.diversity = new Diversity(scorer, rows.width() + 1);
    this.row = new int[rows.width() + 1];
  }

  /** How many edges a slot has on {@code level}, at most. */
  int width(int level) {
    return level == 0 ? rows.width() : upperWidth;
  }

  /** The most diverse of a walk's hits, nearest first, as edges on {@code level}. */
  int[] choose(Beam hits, int level) {
    return diversity.choose(hits, width(level));
  }

  /** Has {@code from} lead to where {@code edge} does; a full row keeps what is diverse. */
  void add(int level, int from, int edge) {
    int count = level == 0 ? rows.readEdges(from, row) : rows.read(level, from, row);
    row[count++] = edge;
    rows.write(level, from, row, count > width(level) ? thinned(level, from, count) : count);
  }

  private int thinned(int level, int from, int count) {
    int most = width(level);
    return diversity.thin(from, row, count, most - most / 4, most);
  }
}
