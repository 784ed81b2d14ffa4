package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** A cluster of two copies, at first of two agents, that is written while agents come and go. */
abstract class ChangingAgents {
  static final int IDS = 40;
  static final int REPLICAS = 2;

  final ControlledScheduler time = new ControlledScheduler();
  final Map<String, InMemoryVectorStore> stores = new TreeMap<>();
  final Map<String, ScriptedVectorStore> scripts = new TreeMap<>();
  final Map<String, ScriptedNode> nodes = new TreeMap<>();
  final AgentPool pool = new AgentPool(REPLICAS, 0, CLUSTER, time, (_, _) -> {});
  final BalancedVectorStore gateway =
      BalancedVectorStore.overChanging(
          pool, REPLICAS, numberOf(pool, time), CorrectionSettings.USUAL, time);

  @BeforeEach
  void twoAgents() {
    pool.start();
    gateway.start();
    come("agent-1");
    come("agent-2");
    answer(pool.complete());
    ids().forEach(id -> answer(insert(id, 0)));
  }

  void come(String name) {
    stores.computeIfAbsent(name, this::store);
    var node = nodes.computeIfAbsent(name, _ -> new ScriptedNode(description(name, Stamp.NONE)));
    pool.admit(name, new Agent.Connection("host:" + name, script(name), node));
    time.advance(AgentPool.INTERVAL);
  }

  InMemoryVectorStore store(String name) {
    return new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
  }

  ScriptedVectorStore script(String name) {
    return scripts.computeIfAbsent(name, _ -> new ScriptedVectorStore(stores.get(name)));
  }

  /** Another process takes an agent's place, with another disk. */
  ScriptedVectorStore startAnew(String name, InMemoryVectorStore disk) {
    go(name);
    stores.put(name, disk);
    scripts.remove(name);
    nodes.get(name).says(restarted(name));
    come(name);
    return script(name);
  }

  static Description restarted(String name) {
    var before = description(name, Stamp.NONE);
    return new Description(
            before.role(), before.site(), before.siteNumber(), name, before.space(), Stamp.NONE)
        .withRun(2);
  }

  void go(String name) {
    pool.vanish(name, "its pod is gone");
  }

  void assertEachIdIsAtItsHolders(String... names) {
    var placement = new ReplicaPlacement(List.of(names), REPLICAS);
    ids()
        .filter(id -> read(id).isPresent())
        .forEach(id ->
            placement
                .holders(id)
                .forEach(name ->
                    assertThat(stores.get(name).contents())
                        .as(id + " at " + name)
                        .containsKey(id)));
  }

  static Stream<VectorId> ids() {
    return IntStream.range(0, IDS).mapToObj(i -> new VectorId("id-" + i));
  }

  static Vector vector(int x) {
    return Vector.of(x, 0, 0, 1);
  }

  CompletionStage<?> insert(VectorId id, int x) {
    return gateway.apply(
        new Mutation.Insert(id, vector(x), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  CompletionStage<?> update(VectorId id, int x) {
    time.advance(Duration.ofMillis(1));
    return gateway.apply(
        new Mutation.Update(id, vector(x), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  CompletionStage<?> remove(VectorId id) {
    time.advance(Duration.ofMillis(1));
    return gateway.apply(new Mutation.Remove(id, WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  Optional<Version> read(VectorId id) {
    return answer(gateway.find(id, CallContext.UNBOUNDED)).visible();
  }

  List<Float> distances() {
    return hits().stream().map(hit -> hit.distance()).toList();
  }

  /** Everything, by its distance to (5, 0, 0, 1). */
  List<Neighbor> hits() {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector(5)),
            SearchQuery.Method.LINEAR,
            SearchOptions.nearest(1000));
    return answer(gateway.search(query, CallContext.UNBOUNDED)).neighbors();
  }
}
