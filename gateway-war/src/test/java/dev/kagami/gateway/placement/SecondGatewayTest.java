package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway beside another one, which has the lower number and keeps the copies even. */
class SecondGatewayTest {
  private static final WriterClaim OTHER = claim(16, 1);
  private static final WriterClaim OWN = claim(17, 2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final AgentPool pool = new AgentPool(2, 1, CLUSTER, time, (_, _) -> {});
  private final BalancedVectorStore gateway =
      BalancedVectorStore.overChanging(
          pool, 2, OwnNumber.given(pool, OWN, time), CorrectionSettings.USUAL, time);
  private final List<ScriptedNode> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    pool.start();
    gateway.start();
    for (int i = 1; i <= 3; i++) {
      var node = new ScriptedNode(said("agent-" + i, OTHER, OWN));
      nodes.add(node);
      come("agent-" + i, node);
    }
    time.advance(Duration.ofSeconds(10));
  }

  private void come(String name, ScriptedNode node) {
    var store = new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
    pool.admit(name, new Agent.Connection("host:" + name, store, node));
  }

  private static Node.Description said(String name, WriterClaim... claims) {
    return description(name, Stamp.NONE).withClaims(List.of(claims));
  }

  private static WriterClaim claim(int process, long run) {
    return new WriterClaim(new WriterNumber(1, process), run, "gateway-" + run);
  }

  @Test
  void afterItsStart_itHasLookedOnceItself() {
    assertThat(rounds()).isEqualTo(1);
    assertThat(gateway.correction().orElseThrow().behind()).isEmpty();
  }

  @Test
  void nothingItHasToKnow_theRoundsAreTheOthers() {
    long before = rounds();

    time.advance(Duration.ofHours(5));

    assertThat(rounds()).isEqualTo(before);
  }

  @Test
  void agentIsBehind_itLooksItself() {
    long before = rounds();

    pool.agents().getFirst().misses();
    time.advance(Duration.ofSeconds(2));

    assertThat(rounds()).isEqualTo(before + 1);
  }

  @Test
  void itIsAskedToEmptyAnAgent_itDoes() {
    assertThat(gateway.drain("agent-1")).isEmpty();
    time.advance(Duration.ofSeconds(2));

    assertThat(pool.agents().getFirst().drain()).isEqualTo(Agent.Drain.DONE);
  }

  @Test
  void otherGatewayIsGone_itTakesOver() {
    long before = rounds();
    time.advance(Duration.ofHours(2));

    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).says(said("agent-" + (i + 1), OWN));
    }
    time.advance(Duration.ofSeconds(3));

    assertThat(rounds()).isEqualTo(before + 1);
  }

  @Test
  void otherGatewayGetsItsNumber_itStillTakesWhatOthersHaveDated() {
    var taken = new WriterClaim(OWN.writer(), OTHER.run(), OTHER.name());
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).says(said("agent-" + (i + 1), taken));
    }
    time.advance(Duration.ofSeconds(2));
    var mirror = new WriterNumber(1, WriterNumber.FIRST_MIRROR);
    var stamp = new HybridClock(time, mirror, Stamp.NONE).next();

    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> insert("direct", WriteTime.UNSTAMPED))
        .withMessageContaining("another gateway, gateway-1");
    assertThat(insert("mirrored", WriteTime.UNSTAMPED.stamped(stamp))).isCompleted();
  }

  private CompletableFuture<Applied> insert(String id, WriteTime when) {
    var insert = new Mutation.Insert(new VectorId(id), Vector.of(1, 2, 3, 4), when);
    return gateway.apply(insert, CallContext.UNBOUNDED).toCompletableFuture();
  }

  private long rounds() {
    return gateway.correction().orElseThrow().rounds();
  }
}
