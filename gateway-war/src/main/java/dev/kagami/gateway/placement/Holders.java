package dev.kagami.gateway.placement;

import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.vector.VectorId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which agents must have an id, and which may. Follows the pool; thread-safe. */
final class Holders {
  private static final Comparator<Agent> PLACED_FIRST =
      Comparator.comparing(Agent::isPlaced, Comparator.reverseOrder());

  private final AgentPool agents;
  private final int replicas;
  private final Placement placement;

  /** The ranking of the agents that were known when it was made. */
  private record Ranking(List<Agent> agents, ReplicaPlacement order) {}

  // Made anew when the pool's list is another one; two that do so at once make the same.
  private volatile Optional<Ranking> latest = Optional.empty();

  Holders(AgentPool agents, int replicas, Placement placement) {
    this.agents = agents;
    this.replicas = replicas;
    this.placement = placement;
  }

  /**
   * The holders of {@code id}; the first judges whether it exists. Fewer than {@link #replicas} as
   * long as fewer agents are known and placed.
   */
  List<Agent> of(VectorId id) {
    return order(id).stream().filter(Agent::isPlaced).limit(replicas).toList();
  }

  /** All agents that may have something of {@code id}, its holders first. */
  List<Agent> reach(VectorId id) {
    return isExact()
        ? of(id)
        : Stream.concat(of(id).stream(), agents.agents().stream()).distinct().toList();
  }

  /** All known agents, those that should hold {@code id} first, those that are not placed last. */
  List<Agent> order(VectorId id) {
    var known = agents.agents();
    var ranked = known.isEmpty() ? List.<Agent>of() : named(known, ranking(known).order(id));
    return ranked.stream().allMatch(Agent::isPlaced)
        ? ranked
        : ranked.stream().sorted(PLACED_FIRST).toList();
  }

  private ReplicaPlacement ranking(List<Agent> known) {
    return latest
        .filter(ranking -> ranking.agents().equals(known))
        .orElseGet(() -> {
          var names = known.stream().map(Agent::name).toList();
          var made =
              new Ranking(known, new ReplicaPlacement(names, Math.min(replicas, names.size())));
          latest = Optional.of(made);
          return made;
        })
        .order();
  }

  private static List<Agent> named(List<Agent> known, List<String> names) {
    return names.stream()
        .flatMap(name -> known.stream().filter(agent -> agent.name().equals(name)).limit(1))
        .toList();
  }

  boolean isExact() {
    return placement == Placement.EXACT;
  }

  /** How many agents hold each id. */
  int replicas() {
    return replicas;
  }
}
