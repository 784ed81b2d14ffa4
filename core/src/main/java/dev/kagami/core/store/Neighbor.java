package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.Comparator;

/**
 * One hit.
 *
 * @param distance Vald's distance to the query, smaller is nearer; not Lucene's score
 * @param head which version of the id was compared
 */
public record Neighbor(Head head, float distance) {
  /** Nearest first; equal distances by id. */
  public static final Comparator<Neighbor> NEAREST_FIRST =
      Comparator.comparingDouble(Neighbor::unsignedZero).thenComparing(Neighbor::id);

  public VectorId id() {
    return head.id();
  }

  /** The distance, with -0.0 made equal to 0.0: a dot product of nothing may have either sign. */
  private double unsignedZero() {
    return distance + 0.0;
  }
}
