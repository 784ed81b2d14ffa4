package dev.kagami.gateway.placement;

import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gateway and all its agents must have in common.
 *
 * @param site name of the site
 * @param siteNumber its number in the mesh
 * @param space what is stored
 */
public record Cluster(String site, int siteNumber, VectorSpace space) {

  /** Why the process that said {@code described} is not the agent {@code name} of this cluster. */
  List<String> objections(String name, Description described) {
    var objections = new ArrayList<String>();
    compare("role", described.role(), Role.AGENT, objections);
    compare("name", described.name(), name, objections);
    compare("site", described.site(), site, objections);
    compare("site number", described.siteNumber(), siteNumber, objections);
    compare("dimension", described.space().dimension(), space.dimension(), objections);
    compare("distance", described.space().metric(), space.metric(), objections);
    compare("object type", described.space().type(), space.type(), objections);
    return objections;
  }

  private static void compare(String what, Object theirs, Object ours, List<String> objections) {
    if (!theirs.equals(ours)) {
      objections.add("its " + what + " is " + theirs + ", expected is " + ours);
    }
  }
}
