package dev.kagami.gateway.aggregation;

import dev.kagami.core.store.Neighbor;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merges the hits of several agents. Pure. */
public final class TopKAggregator {
  private TopKAggregator() {}

  /**
   * The nearest hits of all lists, by (distance, id), each id once: of several hits of one id the
   * newest version counts, whatever its distance, so that a stale replica cannot win; of one
   * version the smaller distance, because agents may sum in different orders. The order of the
   * lists does not matter.
   *
   * @param lists each nearest first
   * @return at most {@code num}
   */
  public static List<Neighbor> merge(Collection<List<Neighbor>> lists, int num) {
    var hits = new ArrayList<Neighbor>();
    var chosen = new HashMap<VectorId, Neighbor>();
    for (var list : lists) {
      for (var hit : list) {
        hits.add(hit);
        chosen.merge(hit.id(), hit, TopKAggregator::better);
      }
    }
    // the lists are sorted runs, which this sort merges without comparing them anew
    hits.sort(Neighbor.NEAREST_FIRST);
    return nearest(hits, chosen, num);
  }

  private static List<Neighbor> nearest(
      List<Neighbor> hits, Map<VectorId, Neighbor> chosen, int num) {
    var nearest = new ArrayList<Neighbor>();
    for (var hit : hits) {
      if (nearest.size() == num) {
        break;
      }
      // removed when taken: an equal hit of another replica is no second entry
      if (chosen.remove(hit.id(), hit)) {
        nearest.add(hit);
      }
    }
    return nearest;
  }

  private static Neighbor better(Neighbor one, Neighbor other) {
    int newer = one.head().compareTo(other.head());
    if (newer != 0) {
      return newer > 0 ? one : other;
    }
    // not by <=, for which zeros of both signs are equal and the order of the lists would decide
    return Float.compare(one.distance(), other.distance()) <= 0 ? one : other;
  }
}
