package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;

/** A cluster whose agents were found one by one keeps the same laws. */
class WidePlacementContractTest extends VectorStoreContract {
  private static final int REPLICAS = 2;

  private final ControlledScheduler time = new ControlledScheduler();
  private final AgentPool pool = new AgentPool(REPLICAS, 0, CLUSTER, time, (_, _) -> {});
  private final BalancedVectorStore gateway =
      BalancedVectorStore.overChanging(
          pool, REPLICAS, numberOf(pool, time), CorrectionSettings.USUAL, time);

  @BeforeEach
  void start() {
    pool.start();
    gateway.start();
    for (int i = 1; i <= 3; i++) {
      var name = "agent-" + i;
      pool.admit(
          name,
          new Agent.Connection(
              "host:" + i,
              new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time),
              new ScriptedNode(description(name, Stamp.NONE))));
    }
    answer(pool.complete());
    time.advance(Correction.INTERVAL.multipliedBy(2));
  }

  @Override
  public VectorStore store() {
    return gateway;
  }

  @Override
  public InstantSource clock() {
    return time;
  }

  @Override
  public VectorSpace space() {
    return SPACE;
  }

  @Override
  public boolean isOneCopy() {
    return false;
  }

  @Override
  public int copies() {
    return REPLICAS;
  }

  @Override
  public void untilSettled() {
    time.advance(Settling.INTERVAL);
  }
}
