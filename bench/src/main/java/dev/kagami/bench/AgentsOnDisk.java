package dev.kagami.bench;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.BalancedVectorStore;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.gateway.placement.CorrectionSettings;
import dev.kagami.gateway.placement.OwnNumber;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A gateway and its agents in this process; each agent has a log on disk and a port of its own. */
@AtTheRim("a benchmark runs on the real clock")
final class AgentsOnDisk implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int LOG_FILE_BYTES = 16 << 20;

  private final InstantSource wall = InstantSource.system();
  private final MeshSecret secret = MeshSecret.of("the-secret-of-all-benchmarks");
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("site-", 0).factory());
  private final ExecutorScheduler scheduler =
      new ExecutorScheduler(
          new ScheduledThreadPoolExecutor(
              1, Thread.ofPlatform().daemon().name("timer-", 0).factory()),
          wall);
  private final ChannelPool channels = new ChannelPool();
  private final List<ValdServer> servers = new ArrayList<>();
  private final AgentPool pool;
  private final BalancedVectorStore gateway;

  /**
   * Starts it.
   *
   * @param data where the agents' logs go
   */
  AgentsOnDisk(Path data, int dimension, int agents, int replicas) {
    var space = new VectorSpace(dimension, Metric.L2);
    var cluster = new Cluster("bench", 1, space);
    var known = new ArrayList<Agent>();
    for (int number = 1; number <= agents; number++) {
      known.add(agent("agent-" + number, data, space));
    }
    pool = new AgentPool(known, cluster, scheduler, (_, _) -> {});
    var claim = new WriterClaim(new WriterNumber(1, WriterNumber.FIRST_GATEWAY), 1, "bench");
    gateway =
        BalancedVectorStore.overChanging(
            pool,
            replicas,
            OwnNumber.given(pool, claim, scheduler),
            CorrectionSettings.USUAL,
            scheduler);
    pool.start();
    gateway.start();
    pool.complete().toCompletableFuture().join();
  }

  private Agent agent(String name, Path data, VectorSpace space) {
    var store =
        LuceneVectorStore.open(
            new AgentIdentity(name, List.of(HOST), new WriterNumber(1, WriterNumber.AGENT)),
            IndexSettings.of(space),
            new ArtemisWriteAheadLog(data.resolve(name), space, LOG_FILE_BYTES, threads),
            new IndexExecutors(
                Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name(name + "-linker").factory()),
                threads),
            wall);
    var server =
        new ValdServer(
            new ServerSettings(HOST, 0, Role.AGENT, secret, wall),
            ValdServices.agent(
                new CheckedVectorStore(store, space, wall),
                _ ->
                    CompletableFuture.completedStage(
                        new Description(
                            Role.AGENT, "bench", 1, name, space, store.greatestStamp()))));
    servers.add(server);
    var address = new Address(HOST, server.port());
    var channel = channels.channel(address);
    return new Agent(
        name,
        address.toString(),
        new RemoteVectorStore(channel, name, secret, wall),
        new RemoteNode(channel, name, secret, wall));
  }

  BalancedVectorStore gateway() {
    return gateway;
  }

  /** The gateway as another process sees it; a port is opened for each call of this. */
  VectorStore overNetwork(VectorSpace space) {
    var server =
        new ValdServer(
            new ServerSettings(HOST, 0, Role.GATEWAY, secret, scheduler),
            ValdServices.gateway(
                new CheckedVectorStore(gateway, space, scheduler),
                _ ->
                    CompletableFuture.completedStage(
                        new Description(Role.GATEWAY, "bench", 1, "gateway", space, Stamp.NONE))));
    servers.add(server);
    var address = new Address(HOST, server.port());
    return new RemoteVectorStore(channels.channel(address), "gateway", secret, scheduler);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  AgentPool pool() {
    return pool;
  }

  @Override
  public void close() {
    gateway.close();
    pool.close();
    channels.close();
    servers.forEach(ValdServer::close);
  }
}
