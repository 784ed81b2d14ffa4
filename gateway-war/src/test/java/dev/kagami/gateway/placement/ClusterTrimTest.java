package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A removal is forgotten while agents come and go, each of which has a copy. */
class ClusterTrimTest {
  private static final CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);
  private static final VectorId ID = new VectorId("removed");

  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<String, InMemoryVectorStore> stores = new TreeMap<>();
  private final Map<String, ScriptedVectorStore> scripts = new TreeMap<>();
  private final AgentPool pool = new AgentPool(2, 1, CLUSTER, time, (_, _) -> {});
  private final BalancedVectorStore gateway =
      BalancedVectorStore.overChanging(
          pool, 2, numberOf(pool, time), CorrectionSettings.USUAL, time);
  private final ForeignWriter peer = new ForeignWriter(new WriterNumber(9, 1), time);

  @BeforeEach
  void threeAgentsWithAVector() {
    pool.start();
    gateway.start();
    come("agent-1");
    come("agent-2");
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    answer(gateway.apply(new Mutation.Insert(ID, Vector.of(1, 0, 0, 1), peer.now()), PEER));
  }

  private void come(String name) {
    stores.computeIfAbsent(
        name,
        _ -> new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time));
    scripts.computeIfAbsent(name, _ -> new ScriptedVectorStore(stores.get(name)));
    var node = new ScriptedNode(description(name, Stamp.NONE));
    pool.admit(name, new Agent.Connection("host:" + name, scripts.get(name), node));
    time.advance(AgentPool.INTERVAL);
  }

  @Test
  void agentIsAway_nobodyForgetsUntilItIsBackAndHasHeard() {
    var away = keeper();
    pool.vanish(away, "its pod is gone");
    var removal = remove();

    var first = trim(removal);

    assertThat(failure(first)).hasMessageContaining(away);
    assertThat(failure(first).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(scripts.values()).allMatch(store -> store.calls(Call.TRIM) == 0);
    come(away);
    time.advance(Duration.ofSeconds(3));
    assertThat(newest(away)).as("heard of it").isEqualTo(removal);
    answer(settle(removal));
    answer(trim(removal));
    assertThat(answer(gateway.find(ID, PEER))).isEqualTo(Kept.nothing(ID));
    time.advance(CorrectionSettings.USUAL.lostAfter());
    assertThat(stores.values()).allMatch(store -> !store.contents().containsKey(ID));
  }

  @Test
  void agentIsBackAndHasNotHeard_nobodyForgets() {
    var late = keeper();
    pool.vanish(late, "its pod is gone");
    var removal = remove();
    var gate = new CompletableFuture<Void>();
    scripts.get(late).next(Call.HEADS, new Step.HoldRequest(gate));
    come(late);

    var trimming = trim(removal);

    assertThat(failure(trimming).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(scripts.values()).allMatch(store -> store.calls(Call.TRIM) == 0);
  }

  @Test
  void agentFailsMeanwhile_isNamedAndForgetsWhenItIsToldAgain() {
    var failing = keeper();
    var removal = remove();
    scripts.get(failing).next(Call.TRIM, new Step.LoseRequest());

    var first = trim(removal);
    time.advance(ClusterFlush.PATIENCE);

    assertThat(failure(first)).hasMessageContaining(failing);
    assertThat(newest(failing)).isEqualTo(removal);
    answer(trim(removal));
    assertThat(stores.values()).allMatch(store -> !store.contents().containsKey(ID));
  }

  /** An agent that has a copy. */
  private String keeper() {
    return stores.keySet().stream()
        .filter(name -> stores.get(name).contents().containsKey(ID))
        .findFirst()
        .orElseThrow();
  }

  private Stamp newest(String name) {
    return stores.get(name).contents().get(ID).newest().orElseThrow().stamp();
  }

  /** For good, as far as agents are there. */
  private Stamp remove() {
    var remove = new Mutation.Remove(ID, peer.now());
    answer(gateway.apply(remove, PEER));
    answer(settle(remove.time().stamp()));
    return remove.time().stamp();
  }

  private CompletionStage<Void> settle(Stamp upTo) {
    return gateway.settle(upTo, PEER);
  }

  private CompletionStage<Void> trim(Stamp upTo) {
    return gateway
        .changeLogs(PEER)
        .thenCompose(logs -> {
          var known =
              logs.logs().stream()
                  .map(log -> new ChangePosition(log.identity(), log.end()))
                  .toList();
          return gateway.trim(new Horizon(upTo, known), PEER);
        });
  }
}
