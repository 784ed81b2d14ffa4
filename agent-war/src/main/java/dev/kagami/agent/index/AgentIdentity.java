package dev.kagami.agent.index;

import dev.kagami.core.store.Location;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorId;
import java.util.List;

/**
 * Who holds the vectors of an index.
 *
 * @param name unique within the site; placement rests on it
 * @param ips addresses told to Vald's clients
 * @param writer for writes that arrive without a stamp
 */
public record AgentIdentity(String name, List<String> ips, WriterNumber writer) {
  public AgentIdentity {
    ips = List.copyOf(ips);
  }

  Location locationOf(VectorId id) {
    return new Location(name, id, ips);
  }
}
