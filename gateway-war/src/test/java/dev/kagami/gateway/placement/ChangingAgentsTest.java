package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.gateway.placement.Agent.Drain;
import dev.kagami.gateway.placement.AgentStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents come and go while a cluster of two copies is written and read. */
class ChangingAgentsTest {
  private static final int IDS = 40;
  private static final int REPLICAS = 2;

  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<String, InMemoryVectorStore> stores = new TreeMap<>();
  private final Map<String, ScriptedVectorStore> scripts = new TreeMap<>();
  private final Map<String, ScriptedNode> nodes = new TreeMap<>();
  private final AgentPool pool = new AgentPool(REPLICAS, 0, CLUSTER, time, (_, _) -> {});
  private final BalancedVectorStore gateway =
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

  private void come(String name) {
    stores.computeIfAbsent(name, this::store);
    var node = nodes.computeIfAbsent(name, _ -> new ScriptedNode(description(name, Stamp.NONE)));
    pool.admit(name, new Agent.Connection("host:" + name, script(name), node));
    time.advance(AgentPool.INTERVAL);
  }

  private InMemoryVectorStore store(String name) {
    return new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
  }

  private ScriptedVectorStore script(String name) {
    return scripts.computeIfAbsent(name, _ -> new ScriptedVectorStore(stores.get(name)));
  }

  /** Another process takes an agent's place, with another disk. */
  private ScriptedVectorStore startAnew(String name, InMemoryVectorStore disk) {
    go(name);
    stores.put(name, disk);
    scripts.remove(name);
    nodes.get(name).says(restarted(name));
    come(name);
    return script(name);
  }

  private static Description restarted(String name) {
    var before = description(name, Stamp.NONE);
    return new Description(
            before.role(), before.site(), before.siteNumber(), name, before.space(), Stamp.NONE)
        .withRun(2);
  }

  private void go(String name) {
    pool.vanish(name, "its pod is gone");
  }

  @Test
  void tooFewAgentsAreThere_notCompleteAndNoWriteIsTaken() {
    var alone = new AgentPool(REPLICAS, 0, CLUSTER, time, (_, _) -> {});
    var small =
        BalancedVectorStore.overChanging(
            alone, REPLICAS, numberOf(alone, time), CorrectionSettings.USUAL, time);
    alone.start();
    alone.admit(
        "agent-1",
        new Agent.Connection(
            "host:1", stores.get("agent-1"), new ScriptedNode(description("agent-1", Stamp.NONE))));

    assertThat(alone.wasComplete()).isFalse();
    var write = new Mutation.Insert(new VectorId("x"), vector(0), WriteTime.UNSTAMPED);
    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> small.apply(write, CallContext.UNBOUNDED))
        .withMessageContaining("1 agents are known and 2 needed");
  }

  @Test
  void agentComes_everyIdIsStillThereAndJudgedRightly() {
    come("agent-3");
    come("agent-4");

    ids().forEach(id -> assertThat(read(id)).as(id.value()).isPresent());
    ids().forEach(id -> assertThat(failure(insert(id, 1)).code()).isEqualTo(Code.ALREADY_EXISTS));
    assertThat(failure(update(new VectorId("unknown"), 1)).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void agentComes_writesReachItAndLeaveNoOldCopy() {
    come("agent-3");

    ids().forEach(id -> answer(update(id, 5)));

    assertThat(stores.get("agent-3").contents()).as("gets its share").isNotEmpty();
    ids().forEach(id -> assertThat(read(id).orElseThrow().vector()).contains(vector(5)));
    assertThat(distances()).as("nobody has an old copy").hasSize(IDS).containsOnly(0f);

    ids().forEach(id -> answer(remove(id)));
    assertThat(hits()).isEmpty();
  }

  @Test
  void agentComes_getsItsShareWithoutAWrite() {
    come("agent-3");

    time.advance(Duration.ofSeconds(3));

    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
  }

  @Test
  void agentIsGivenUp_whatItHeldIsCopiedAgain() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    ids().limit(5).forEach(id -> answer(remove(id)));
    go("agent-1");

    assertThat(pool.forget("agent-1")).isTrue();
    time.advance(Duration.ofSeconds(3));

    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    assertThat(hits()).as("nothing removed comes back").hasSize(IDS - 5);
  }

  private void assertEachIdIsAtItsHolders(String... names) {
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

  @Test
  void agentVanishes_anotherStandsInAndReadsGoOn() {
    come("agent-3");
    go("agent-1");

    ids().forEach(id -> answer(update(id, 5)));
    answer(insert(new VectorId("new"), 5));

    assertThat(pool.agent("agent-1").orElseThrow().status().state()).isEqualTo(State.VANISHED);
    ids().forEach(id -> assertThat(read(id).orElseThrow().vector()).contains(vector(5)));
    assertThat(distances()).hasSize(IDS + 1).containsOnly(0f);
  }

  @Test
  void agentComesBackWithOldCopies_isBroughtUpToDateBeforeItIsRead() {
    come("agent-3");
    go("agent-1");
    ids().limit(IDS / 2).forEach(id -> answer(update(id, 5)));
    ids().skip(IDS / 2).forEach(id -> answer(remove(id)));

    come("agent-1");
    assertThat(distances()).as("at once").hasSize(IDS / 2).containsOnly(0f);

    time.advance(Duration.ofSeconds(3));
    assertThat(pool.agent("agent-1").orElseThrow().isHeard()).as("read again").isTrue();
    assertThat(distances()).as("after the refill").hasSize(IDS / 2).containsOnly(0f);
    var old =
        stores.get("agent-1").contents().values().stream()
            .flatMap(kept -> kept.visible().stream())
            .filter(version -> !version.vector().equals(Optional.of(vector(5))));
    assertThat(old).isEmpty();
  }

  @Test
  void agentIsAwayForLong_othersGetCopiesOfWhatItHeld() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    go("agent-1");

    time.advance(CorrectionSettings.USUAL.lostAfter().plusSeconds(3));

    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    come("agent-1");
    time.advance(Duration.ofSeconds(3));
    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
  }

  @Test
  void agentIsStartedWithAnEmptyDisk_isNotReadUntilItHasItsCopiesAgain() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    var first = pool.agent("agent-1").orElseThrow();
    var disk = startAnew("agent-1", store("agent-1"));
    var gate = new CompletableFuture<Void>();
    disk.next(Call.HEADS, new Step.HoldRequest(gate));

    time.advance(Duration.ofSeconds(3));

    assertThat(first.isReady()).isTrue();
    assertThat(first.isHeard()).as("read before it has its copies").isFalse();
    ids().forEach(id -> assertThat(read(id)).isPresent());
    gate.complete(null);
    time.advance(Duration.ofSeconds(3));
    assertThat(first.isHeard()).isTrue();
    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
    assertThat(gateway.correction().orElseThrow().findings().missing()).isPositive();
  }

  @Test
  void agentIsStartedWithAnOldDisk_isBroughtUpToDate() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    var old = store("agent-1");
    stores.get("agent-1").contents().values().stream()
        .flatMap(kept -> kept.newest().stream())
        .forEach(version -> answer(old.apply(Survey.copy(version), CallContext.UNBOUNDED)));
    ids().limit(IDS / 2).forEach(id -> answer(update(id, 5)));
    ids().skip(IDS / 2).forEach(id -> answer(remove(id)));

    startAnew("agent-1", old);
    time.advance(Duration.ofSeconds(3));

    assertThat(pool.agent("agent-1").orElseThrow().isHeard()).isTrue();
    assertThat(distances()).hasSize(IDS / 2).containsOnly(0f);
    assertThat(old.contents().values())
        .allSatisfy(kept ->
            kept.visible().ifPresent(version -> assertThat(version.vector()).contains(vector(5))));
  }

  @Test
  void agentIsDrained_whatItHeldIsElsewhereAndItMayGo() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    var leaving = pool.agent("agent-1").orElseThrow();

    assertThat(gateway.drain("agent-1")).isEmpty();
    assertThat(leaving.drain()).isEqualTo(Drain.RUNNING);
    time.advance(Duration.ofSeconds(3));

    assertThat(leaving.drain()).isEqualTo(Drain.DONE);
    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    assertThat(pool.forget("agent-1")).as("it still answers").isFalse();
    nodes.get("agent-1").isDown();
    time.advance(AgentPool.INTERVAL);
    assertThat(pool.forget("agent-1")).isTrue();
    ids().forEach(id -> assertThat(read(id)).isPresent());
    answer(update(new VectorId("id-1"), 5));
  }

  @Test
  void drainedAgentStaysAfterAll_getsItsShareAgain() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    assertThat(gateway.drain("agent-1")).isEmpty();
    time.advance(Duration.ofSeconds(3));
    answer(insert(new VectorId("meanwhile"), 0));
    assertThat(stores.get("agent-1").contents()).doesNotContainKey(new VectorId("meanwhile"));

    assertThat(gateway.keep("agent-1")).isTrue();
    time.advance(Duration.ofSeconds(3));

    assertThat(pool.agent("agent-1").orElseThrow().drain()).isEqualTo(Drain.NONE);
    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
  }

  @Test
  void tooFewAgentsWouldBeLeft_noneIsDrained() {
    assertThat(gateway.drain("agent-1").orElseThrow()).contains("only 1 agents would be left");
    assertThat(gateway.drain("unknown").orElseThrow()).contains("no agent unknown");
    assertThat(gateway.keep("unknown")).isFalse();
    assertThat(pool.agent("agent-1").orElseThrow().drain()).isEqualTo(Drain.NONE);
  }

  @Test
  void writeIsUndecided_noCopyOfItIsMade() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    var id = new VectorId("undecided");
    var order = new ReplicaPlacement(List.of("agent-1", "agent-2", "agent-3"), REPLICAS).order(id);
    var gate = new CompletableFuture<Void>();
    script(order.get(1)).next(Call.APPLY, new Step.HoldRequest(gate));
    var open = insert(id, 0);
    assertThat(stores.get(order.get(0)).contents()).containsKey(id);

    go(order.get(1));
    come("agent-4");
    time.advance(Duration.ofSeconds(2));

    assertThat(stores.get(order.get(2)).contents()).doesNotContainKey(id);
    time.advance(Replication.PATIENCE);
    assertThat(failure(open).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    time.advance(Duration.ofSeconds(5));
    assertThat(read(id)).isEmpty();
    stores.forEach((_, store) ->
        assertThat(store.contents().getOrDefault(id, Kept.nothing(id)).entries()).isEmpty());
  }

  @Test
  void asManyAgentsAsCopiesAreGone_writesAreRefusedAndNothingIsBelievedAbsent() {
    come("agent-3");
    come("agent-4");
    go("agent-3");
    go("agent-4");

    assertThat(failure(update(new VectorId("id-1"), 5)).code()).isEqualTo(Code.UNAVAILABLE);
    var unknown = gateway.find(new VectorId("unknown"), CallContext.UNBOUNDED);
    assertThat(failure(unknown).code()).isEqualTo(Code.UNAVAILABLE);

    assertThat(pool.forget("agent-3")).isTrue();
    answer(update(new VectorId("id-1"), 5));
    assertThat(read(new VectorId("unknown"))).isEmpty();
    assertThat(pool.forget("agent-1")).as("it is there").isFalse();
  }

  @Test
  void agentMoves_isAskedWhoItIsThere() {
    var node = new ScriptedNode(description("another", Stamp.NONE));
    pool.admit("agent-2", new Agent.Connection("elsewhere", stores.get("agent-2"), node));
    time.advance(AgentPool.INTERVAL);
    assertThat(pool.agent("agent-2").orElseThrow().status().state()).isEqualTo(State.REFUSED);

    node.says(description("agent-2", Stamp.NONE));
    time.advance(AgentPool.INTERVAL);

    assertThat(pool.agent("agent-2").orElseThrow().status().state()).isEqualTo(State.READY);
    assertThat(pool.agent("agent-2").orElseThrow().address()).isEqualTo("elsewhere");
  }

  private static Stream<VectorId> ids() {
    return IntStream.range(0, IDS).mapToObj(i -> new VectorId("id-" + i));
  }

  private static Vector vector(int x) {
    return Vector.of(x, 0, 0, 1);
  }

  private CompletionStage<?> insert(VectorId id, int x) {
    return gateway.apply(
        new Mutation.Insert(id, vector(x), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  private CompletionStage<?> update(VectorId id, int x) {
    time.advance(Duration.ofMillis(1));
    return gateway.apply(
        new Mutation.Update(id, vector(x), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  private CompletionStage<?> remove(VectorId id) {
    time.advance(Duration.ofMillis(1));
    return gateway.apply(new Mutation.Remove(id, WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }

  private Optional<Version> read(VectorId id) {
    return answer(gateway.find(id, CallContext.UNBOUNDED)).visible();
  }

  private List<Float> distances() {
    return hits().stream().map(hit -> hit.distance()).toList();
  }

  /** Everything, by its distance to (5, 0, 0, 1). */
  private List<Neighbor> hits() {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector(5)),
            SearchQuery.Method.LINEAR,
            SearchOptions.nearest(1000));
    return answer(gateway.search(query, CallContext.UNBOUNDED)).neighbors();
  }
}
