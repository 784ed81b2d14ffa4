package dev.kagami.core.store;

import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;

/**
 * A question for the nearest vectors.
 *
 * @param subject what the hits shall be near to
 * @param method by the graph, or by comparing with every vector
 */
public record SearchQuery(Subject subject, Method method, SearchOptions options) {

  /** What the hits shall be near to. */
  public sealed interface Subject {
    /** A vector that the request brings. */
    record OfVector(Vector vector) implements Subject {}

    /** The vector that is stored under an id; the id itself is normally the first hit. */
    record OfId(VectorId id) implements Subject {}
  }

  /** How the hits are found. */
  public enum Method {
    /** Approximate, by the graph. */
    GRAPH,
    /** Exact, comparing with every vector. */
    LINEAR
  }

  /** The same question about a vector. */
  public SearchQuery about(Vector vector) {
    return new SearchQuery(new Subject.OfVector(vector), method, options);
  }
}
