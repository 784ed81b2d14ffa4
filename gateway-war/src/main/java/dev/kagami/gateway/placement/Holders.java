package dev.kagami.gateway.placement;

import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.vector.VectorId;
import java.util.List;

/** Which agents must have an id. Immutable. */
final class Holders {
  private final AgentPool agents;
  private final ReplicaPlacement placement;
  private final int replicas;

  Holders(AgentPool agents, int replicas) {
    this.agents = agents;
    this.placement = new ReplicaPlacement(agents.names(), replicas);
    this.replicas = replicas;
  }

  /** The holders of {@code id}; the first judges whether it exists. */
  List<Agent> of(VectorId id) {
    return agents.named(placement.holders(id));
  }

  /** How many agents hold each id. */
  int replicas() {
    return replicas;
  }
}
