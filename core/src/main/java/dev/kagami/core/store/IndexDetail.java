package dev.kagami.core.store;

import java.util.Map;

/**
 * What each agent holds.
 *
 * @param counts by agent
 * @param replicas agents that hold each vector
 * @param liveAgents agents that can be asked
 */
public record IndexDetail(Map<String, IndexInfo> counts, int replicas, int liveAgents) {
  public IndexDetail {
    counts = Map.copyOf(counts);
  }
}
