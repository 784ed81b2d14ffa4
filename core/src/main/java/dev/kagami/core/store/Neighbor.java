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
      Comparator.comparingDouble(Neighbor::distance).thenComparing(Neighbor::id);

  public VectorId id() {
    return head.id();
  }
}
