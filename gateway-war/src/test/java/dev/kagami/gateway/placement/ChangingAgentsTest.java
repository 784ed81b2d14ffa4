package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.VectorId;
import dev.kagami.gateway.placement.AgentStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Agents come, move, or come back with other disks. */
class ChangingAgentsTest extends ChangingAgents {
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
}
