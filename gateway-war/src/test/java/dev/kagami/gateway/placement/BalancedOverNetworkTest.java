package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ValdServices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The same over real gRPC: three agents, two replicas. The gateway's timers and clock stand still
 * unless a test moves them; what the network does, it does in real time.
 */
class BalancedOverNetworkTest extends VectorStoreContract {
  private static final int AGENTS = 3;
  private static final int REPLICAS = 2;

  private final ControlledScheduler time = new ControlledScheduler();
  private final List<RunningServer> servers = new ArrayList<>();
  private BalancedVectorStore gateway;

  @BeforeEach
  void start() {
    var agents = new ArrayList<Agent>();
    for (int i = 1; i <= AGENTS; i++) {
      agents.add(agent("agent-" + i));
    }
    var pool = new AgentPool(agents, CLUSTER, time, (_, _) -> {});
    gateway = new BalancedVectorStore(pool, REPLICAS, numberOf(pool, time), time);
    pool.start();
    gateway.start();
    await(pool.complete());
  }

  @AfterEach
  void stop() {
    servers.forEach(RunningServer::close);
  }

  private Agent agent(String name) {
    var memory =
        new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
    var server =
        new RunningServer(
            Role.AGENT,
            ValdServices.agent(
                new CheckedVectorStore(memory, SPACE, time),
                FixedNode.named(name, Role.AGENT, SPACE)));
    servers.add(server);
    var address = server.address().toString();
    return new Agent(
        name,
        address,
        new RemoteVectorStore(server.channel(), address, RunningServer.SECRET, time),
        new RemoteNode(server.channel(), address, RunningServer.SECRET, time));
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

  /** What the timer sends arrives before what is asked next: it takes the same connection. */
  @Override
  public void untilSettled() {
    time.advance(Settling.INTERVAL);
  }
}
