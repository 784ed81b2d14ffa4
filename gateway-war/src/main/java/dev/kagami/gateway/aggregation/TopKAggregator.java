package dev.kagami.gateway.aggregation;

import dev.kagami.core.store.Neighbor;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Merges the hits of several agents. Pure. */
public final class TopKAggregator {
  private TopKAggregator() {}

  /**
   * The nearest hits of all lists, by (distance, id), each id once: of several hits of one id the
   * newest version counts, whatever its distance, so that a stale replica cannot win; of one
   * version the smaller distance, because agents may sum in different orders. The order of the
   * lists does not matter.
   *
   * @param lists each in the order of {@link Neighbor#NEAREST_FIRST}
   * @return at most {@code num}
   */
  public static List<Neighbor> merge(Collection<List<Neighbor>> lists, int num) {
    var chosen = new HashMap<VectorId, Neighbor>();
    for (var list : lists) {
      for (var hit : list) {
        chosen.merge(hit.id(), hit, TopKAggregator::better);
      }
    }
    return nearest(lists, chosen, num);
  }

  /** As far down the lists as it takes, the nearest of what is left of them first. */
  private static List<Neighbor> nearest(
      Collection<List<Neighbor>> lists, Map<VectorId, Neighbor> chosen, int num) {
    var rests = new PriorityQueue<Rest>();
    lists.stream().filter(list -> !list.isEmpty()).map(Rest::new).forEach(rests::add);
    var nearest = new ArrayList<Neighbor>();
    while (nearest.size() < num && !rests.isEmpty()) {
      var rest = rests.remove();
      // removed when taken: an equal hit of another replica is no second entry
      if (chosen.remove(rest.hit.id(), rest.hit)) {
        nearest.add(rest.hit);
      }
      if (rest.moveOn()) {
        rests.add(rest);
      }
    }
    return nearest;
  }

  /** What is left of a list; the nearer its first hit, the lesser. */
  private static final class Rest implements Comparable<Rest> {
    private final Iterator<Neighbor> behind;
    private Neighbor hit;

    Rest(List<Neighbor> list) {
      behind = list.iterator();
      hit = behind.next();
    }

    /** To the next hit; false if there is none. */
    boolean moveOn() {
      boolean isLeft = behind.hasNext();
      hit = isLeft ? behind.next() : hit;
      return isLeft;
    }

    @Override
    public int compareTo(Rest other) {
      return Neighbor.NEAREST_FIRST.compare(hit, other.hit);
    }
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
