package dev.kagami.gateway;

import static dev.kagami.transport.grpc.RunningServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.discovery.Discovery;
import dev.kagami.gateway.discovery.ServedNames;
import dev.kagami.gateway.filter.FilterSettings;
import dev.kagami.gateway.indexing.IndexingSettings;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.gateway.placement.CorrectionSettings;
import dev.kagami.gateway.placement.Placement;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.discoverer.DiscovererGrpc;
import org.vdaas.vald.api.v1.payload.Discoverer;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;

/** A whole gateway that a discoverer in the shape of Vald's tells of its agents; all over gRPC. */
@AtTheRim("real servers run by the wall clock")
class ChangingGatewayTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final int LIMIT_SECONDS = 60;
  private static final int REPLICAS = 2;

  private final InstantSource wall = InstantSource.system();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "timer"));
  private final ChannelPool channels = new ChannelPool();
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

  /** Hosts of the agents that the discoverer tells. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final Map<String, ValdServer> agents = new TreeMap<>();
  private final RunningServer discoverer =
      new RunningServer(Role.GATEWAY, List.of(new ToldAgents()));
  private int agentPort;
  private Gateway gateway;
  private Channel client;

  private final class ToldAgents extends DiscovererGrpc.DiscovererImplBase {
    @Override
    public void nodes(Discoverer.Request request, StreamObserver<Info.Nodes> answers) {
      var pods = Info.Pods.newBuilder();
      told.forEach(host -> pods.addPods(Info.Pod.newBuilder().setName("pod").setIp(host)));
      answers.onNext(
          Info.Nodes.newBuilder().addNodes(Info.Node.newBuilder().setPods(pods)).build());
      answers.onCompleted();
    }
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "the-secret-of-all-tests\n");
    agentPort = freePort();
    var listen = new Address("127.0.0.1", freePort());
    var configuration =
        new GatewayConfiguration(
            "gateway",
            Optional.empty(),
            new Cluster("A", 1, SPACE),
            listen,
            secret,
            new Discovery.FromDiscoverer(
                discoverer.address(), "vald-agent", "", "", agentPort, Duration.ofMillis(50)),
            REPLICAS,
            Placement.WIDE,
            CorrectionSettings.USUAL,
            FilterSettings.none(),
            IndexingSettings.off(),
            ServedNames.USUAL);
    gateway =
        new Gateway(
            configuration,
            new ExecutorScheduler(timers, wall),
            Runnable::run,
            (agent, _) -> note(agent));
    gateway.start();
    client = channels.channel(listen);
    come("127.0.0.2");
    come("127.0.0.3");
    awaitChange("agent-127.0.0.3 READY");
    gateway.agents().complete().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void note(Agent agent) {
    changes.add(agent + " " + agent.status().state());
  }

  /** Every host of 127/8 is this machine, so agents can share a port as in Kubernetes. */
  private void come(String host) {
    var name = "agent-" + host;
    var memory =
        new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), wall);
    agents.put(
        host,
        new ValdServer(
            new ServerSettings(host, agentPort, Role.AGENT, SECRET, wall),
            ValdServices.agent(
                new CheckedVectorStore(memory, SPACE, wall),
                FixedNode.named(name, Role.AGENT, SPACE),
                new WriterClaims(wall))));
    told.add(host);
  }

  private void go(String host) {
    told.remove(host);
    agents.remove(host).close();
  }

  @AfterEach
  void stop() {
    channels.close();
    gateway.close();
    discoverer.close();
    agents.values().forEach(ValdServer::close);
    timers.shutdownNow();
  }

  @Test
  void agentsComeAndGo_clientsReadAndWriteOn() throws Exception {
    for (int i = 0; i < 20; i++) {
      InsertGrpc.newBlockingStub(client)
          .insert(Insert.Request.newBuilder().setVector(vector("id-" + i, i)).build());
    }

    come("127.0.0.4");
    awaitChange("agent-127.0.0.4 READY");
    updateAll(100);
    assertThat(found(100)).hasSize(20);

    go("127.0.0.2");
    awaitChange("agent-127.0.0.2 VANISHED");
    updateAll(200);
    assertThat(found(200)).hasSize(20);

    assertThat(DiscovererGrpc.newBlockingStub(client).pods(any()).getPodsList())
        .as("told on to others")
        .extracting(Info.Pod::getIp)
        .containsExactlyInAnyOrder("127.0.0.3", "127.0.0.4");
  }

  private static Discoverer.Request any() {
    return Discoverer.Request.getDefaultInstance();
  }

  private void updateAll(int x) {
    for (int i = 0; i < 20; i++) {
      UpdateGrpc.newBlockingStub(client)
          .update(Update.Request.newBuilder().setVector(vector("id-" + i, x)).build());
    }
  }

  /** The ids at (x, 1). */
  private List<String> found(int x) {
    var config = Search.Config.newBuilder().setNum(100).setRadius(0.5f);
    return SearchGrpc.newBlockingStub(client)
        .linearSearch(
            Search.Request.newBuilder().addVector(x).addVector(1).setConfig(config).build())
        .getResultsList()
        .stream()
        .map(Object.Distance::getId)
        .distinct()
        .toList();
  }

  private static Object.Vector vector(String id, float x) {
    return Object.Vector.newBuilder().setId(id).addVector(x).addVector(1).build();
  }

  private void awaitChange(String wanted) throws InterruptedException {
    String change;
    do {
      change = changes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(change).as("waiting for " + wanted).isNotNull();
    } while (!change.equals(wanted));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
