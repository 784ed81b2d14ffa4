package dev.kagami.core.store;

import java.util.List;

/**
 * The answer to a search.
 *
 * @param neighbors nearest first, each id once, at most as many as asked for
 * @param answered agents that answered in time
 * @param asked agents that were asked
 * @param partial so many agents are missing that a near vector may lie on them alone
 */
public record SearchResult(List<Neighbor> neighbors, int answered, int asked, boolean partial) {
  public SearchResult {
    neighbors = List.copyOf(neighbors);
  }

  /** An answer that lacks nothing. */
  public SearchResult(List<Neighbor> neighbors, int answered, int asked) {
    this(neighbors, answered, asked, false);
  }
}
