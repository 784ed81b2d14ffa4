package dev.kagami.core.store;

/**
 * The shape of a graph on its lowest level.
 *
 * @param in edges that lead to a vector
 * @param out edges that leave a vector
 * @param objects vectors that can be found, in the graph or not yet
 * @param removed vectors of the graph that nobody may see any more
 * @param meanEdgeLength Vald's distance of two vectors with an edge, by samples; 0 without edges
 */
public record GraphStatistics(
    Degrees in, Degrees out, long objects, long removed, double meanEdgeLength) {
  /** Of an empty index. */
  public static final GraphStatistics EMPTY =
      new GraphStatistics(Degrees.NONE, Degrees.NONE, 0, 0, 0);

  /** Of both together; the mean length by the number of edges. */
  public GraphStatistics plus(GraphStatistics other) {
    double edges = out.edges();
    double otherEdges = other.out.edges();
    double lengths = meanEdgeLength * edges + other.meanEdgeLength * otherEdges;
    return new GraphStatistics(
        in.plus(other.in),
        out.plus(other.out),
        objects + other.objects,
        removed + other.removed,
        lengths / Math.max(1, edges + otherEdges));
  }
}
