package dev.kagami.core.store;

import java.util.List;

/**
 * The answer to a search.
 *
 * @param neighbors nearest first, each id once, at most as many as asked for
 * @param answered agents that answered in time
 * @param asked agents that were asked
 */
public record SearchResult(List<Neighbor> neighbors, int answered, int asked) {
  public SearchResult {
    neighbors = List.copyOf(neighbors);
  }
}
