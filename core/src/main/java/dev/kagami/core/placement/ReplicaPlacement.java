package dev.kagami.core.placement;

import dev.kagami.core.digest.Xxh64;
import dev.kagami.core.vector.VectorId;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the known agents hold an id: the first <em>index replica</em> many by rendezvous hashing
 * (Thaler and Ravishankar, 1996) of (id, agent name). The order of an id depends on nothing else,
 * so an agent that comes or goes moves only its own share. Immutable.
 */
public final class ReplicaPlacement {
  private final List<Candidate> agents;
  private final int replicas;

  private record Candidate(String name, long hash) {}

  private record Ranked(String name, long weight) {}

  /**
   * @param agentNames all agents of the cluster, in any order
   * @param replicas copies of each vector, at least 1 and at most the number of agents
   */
  public ReplicaPlacement(Collection<String> agentNames, int replicas) {
    if (replicas < 1 || replicas > agentNames.size()) {
      throw new IllegalArgumentException(
          "replicas is " + replicas + "; with " + agentNames.size() + " agents give 1 to that");
    }
    this.agents = agentNames.stream().map(name -> new Candidate(name, Xxh64.hash(name))).toList();
    this.replicas = replicas;
  }

  /** The agents that hold {@code id}; the first of them judges whether the id exists. */
  public List<String> holders(VectorId id) {
    return order(id).subList(0, replicas);
  }

  /** All agents in the order of {@code id}. */
  public List<String> order(VectorId id) {
    long idHash = id.hash();
    return agents.stream()
        .map(agent -> new Ranked(agent.name(), weight(idHash, agent.hash())))
        .sorted(
            Comparator.comparing(Ranked::weight, Long::compareUnsigned)
                .reversed()
                .thenComparing(Ranked::name))
        .map(Ranked::name)
        .toList();
  }

  private static long weight(long idHash, long agentHash) {
    return Xxh64.hash(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(idHash).putLong(agentHash).array());
  }
}
