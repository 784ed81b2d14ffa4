package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a vector is held, as Vald's clients see it.
 *
 * @param name names of the agents, ascending, joined by commas
 * @param ips their addresses
 */
public record Location(String name, VectorId id, List<String> ips) {
  public Location {
    ips = List.copyOf(ips);
  }

  /** One location for all replicas of {@code id}. */
  public static Location merge(VectorId id, Collection<Location> replicas) {
    var names = new TreeSet<String>();
    var ips = new ArrayList<String>();
    for (var replica : replicas) {
      names.add(replica.name());
      ips.addAll(replica.ips());
    }
    return new Location(String.join(",", names), id, ips);
  }
}
