package dev.kagami.gateway.placement;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A gateway over agents in memory, whose troubles can be scripted, in virtual time. */
final class ClusterInMemory {
  static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);
  static final Cluster CLUSTER = new Cluster("A", 1, SPACE);
  static final WriterNumber WRITER = new WriterNumber(1, WriterNumber.FIRST_GATEWAY);

  final ControlledScheduler time = new ControlledScheduler();
  final List<InMemoryVectorStore> stores;
  final List<ScriptedVectorStore> scripts;
  final List<ScriptedNode> nodes;
  final List<String> stateChanges = new ArrayList<>();
  final AgentPool pool;
  final BalancedVectorStore gateway;
  private final ReplicaPlacement placement;

  /** Agents agent-1 to agent-{@code agents}; nobody has been asked anything yet. */
  ClusterInMemory(int agents, int replicas) {
    var names = IntStream.rangeClosed(1, agents).mapToObj(i -> "agent-" + i).toList();
    stores =
        names.stream()
            .map(name ->
                new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time))
            .toList();
    scripts = stores.stream().map(ScriptedVectorStore::new).toList();
    nodes = names.stream().map(name -> new ScriptedNode(description(name, Stamp.NONE))).toList();
    var known =
        IntStream.range(0, agents)
            .mapToObj(i -> new Agent(names.get(i), "host:" + i, scripts.get(i), nodes.get(i)))
            .toList();
    pool =
        new AgentPool(
            known,
            CLUSTER,
            time,
            (agent, before) ->
                stateChanges.add(agent + ": " + before.state() + " -> " + agent.status().state()));
    gateway = new BalancedVectorStore(pool, replicas, numberOf(pool, time), time);
    placement = new ReplicaPlacement(names, replicas);
  }

  /** The same with all timers running and all agents met. */
  static ClusterInMemory started(int agents, int replicas) {
    var cluster = new ClusterInMemory(agents, replicas);
    cluster.start();
    return cluster;
  }

  void start() {
    pool.start();
    gateway.start();
  }

  /** Of a gateway whose agents keep no account of numbers. */
  static OwnNumber numberOf(AgentPool pool, InstantSource time) {
    return OwnNumber.given(pool, new WriterClaim(WRITER, 1, "gateway"), time);
  }

  static Description description(String name, Stamp greatest) {
    return new Description(Role.AGENT, "A", 1, name, SPACE, greatest);
  }

  /** The number of the agent that is {@code rank}th holder of {@code id}; the 0th judges. */
  int holder(VectorId id, int rank) {
    return indexOf(placement.order(id).get(rank));
  }

  ScriptedVectorStore script(VectorId id, int rank) {
    return scripts.get(holder(id, rank));
  }

  /** What the {@code rank}th holder keeps of {@code id}. */
  Kept kept(VectorId id, int rank) {
    return stores.get(holder(id, rank)).contents().getOrDefault(id, Kept.nothing(id));
  }

  private int indexOf(String name) {
    return pool.names().indexOf(name);
  }
}
