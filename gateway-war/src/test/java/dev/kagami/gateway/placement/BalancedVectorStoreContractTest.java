package dev.kagami.gateway.placement;

import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster of any size does what every store does. */
@ParameterizedClass(name = "{0} agents, {1} replicas")
@CsvSource({"1, 1", "3, 1", "3, 2", "3, 3", "5, 1", "5, 2", "5, 3"})
class BalancedVectorStoreContractTest extends VectorStoreContract {
  @Parameter(0)
  private int agents;

  @Parameter(1)
  private int replicas;

  private ClusterInMemory cluster;

  @BeforeEach
  void start() {
    cluster = ClusterInMemory.started(agents, replicas);
  }

  @Override
  public VectorStore store() {
    return cluster.gateway;
  }

  @Override
  public InstantSource clock() {
    return cluster.time;
  }

  @Override
  public VectorSpace space() {
    return ClusterInMemory.SPACE;
  }

  @Override
  public boolean isOneCopy() {
    return false;
  }

  @Override
  public int copies() {
    return replicas;
  }

  @Override
  public void untilSettled() {
    cluster.time.advance(Settling.INTERVAL);
  }
}
