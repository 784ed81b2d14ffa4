package dev.kagami.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.transport.client.Address;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vdaas.vald.api.v1.discoverer.DiscovererGrpc;
import org.vdaas.vald.api.v1.payload.Discoverer;
import org.vdaas.vald.api.v1.payload.Info;

/** Three agents: two on the machine east, of which one is the fullest of all, and one on west. */
class DiscovererGrpcServiceTest {
  private static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final AgentPool pool =
      new AgentPool(1, 0, new Cluster("A", 1, SPACE), time, (_, _) -> {});
  private final Set<String> away = new HashSet<>();
  private final Roster roster = new Roster(pool, new Network(), time);
  private final ServedDiscoverer served =
      new ServedDiscoverer(ServedNames.USUAL, pool, roster, SPACE, time);
  private Server server;
  private ManagedChannel channel;
  private DiscovererGrpc.DiscovererBlockingStub client;

  private final class Network implements Connector {
    @Override
    public Agent.Connection connect(Address address) {
      int number = Integer.parseInt(address.host().substring("10.0.0.".length()));
      var name = "agent-" + number;
      var store =
          new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
      int vectors = number == 1 ? 9 : number;
      for (int i = 0; i < vectors; i++) {
        store.apply(
            new Mutation.Insert(
                new VectorId("id-" + i), Vector.of(i, 0, 0, 1), WriteTime.UNSTAMPED),
            CallContext.UNBOUNDED);
      }
      return new Agent.Connection(
          address.toString(),
          store,
          _ ->
              away.contains(name)
                  ? CompletableFuture.failedStage(new Unavailable("connection refused"))
                  : CompletableFuture.completedStage(
                      new Description(Role.AGENT, "A", 1, name, SPACE, Stamp.NONE)));
    }

    @Override
    public void release(Address address) {
      // nothing is held
    }
  }

  @BeforeEach
  void start() throws IOException {
    var name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(served.service())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    client = DiscovererGrpc.newBlockingStub(channel);
    pool.start();
    roster.see(List.of(sighting(1, "east"), sighting(2, "west"), sighting(3, "east")));
    served.start();
  }

  private static Sighting sighting(int number, String node) {
    return new Sighting(
        new Address("10.0.0." + number, 8081), Optional.empty(), node, OptionalDouble.empty());
  }

  @AfterEach
  void stop() {
    served.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void pods_areSortedLightestFirstWithTheirNodes() {
    var pods = client.pods(request("", "", "")).getPodsList();

    assertThat(pods)
        .extracting(pod -> pod.getName() + " " + pod.getIp() + " on " + pod.getNode().getName())
        .containsExactly(
            "agent-2 10.0.0.2 on west", "agent-3 10.0.0.3 on east", "agent-1 10.0.0.1 on east");
    assertThat(pods)
        .allSatisfy(pod -> {
          assertThat(pod.getAppName()).isEqualTo("vald-agent");
          assertThat(pod.getNode().hasPods()).isFalse();
        });
    assertThat(pods.getFirst().getMemory().getUsage()).isEqualTo(2 * 4 * 4);
  }

  @Test
  void nodes_areSortedLightestFirstWithTheirPods() {
    var nodes = client.nodes(request("vald-agent", "*", "*")).getNodesList();

    assertThat(nodes).extracting(Info.Node::getName).containsExactly("west", "east");
    assertThat(nodes.getLast().getPods().getPodsList())
        .extracting(Info.Pod::getName)
        .containsExactly("agent-3", "agent-1");
  }

  @Test
  void services_nameTheAgentsAndTheirPort() {
    var services = client.services(request("", "", "")).getServicesList();

    assertThat(services)
        .singleElement()
        .satisfies(service -> {
          assertThat(service.getName()).isEqualTo("vald-agent");
          assertThat(service.getPorts(0).getPort()).isEqualTo(8081);
        });
  }

  @ParameterizedTest(name = "name {0}, namespace {1}, node {2}: {3}")
  @CsvSource({
    "vald-agent, default, east, 2",
    "*, *, west, 1",
    "other, '', '', -1",
    "'', other, '', -1",
    "'', '', other, -1",
  })
  void requestsAreNarrowed_unknownNamesAreNotFound(
      String name, String namespace, String node, int expected) {
    var request = request(name, namespace, node);
    if (expected >= 0) {
      assertThat(client.pods(request).getPodsCount()).isEqualTo(expected);
      return;
    }
    var failure = catchThrowableOfType(StatusRuntimeException.class, () -> client.pods(request));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure).hasMessageContaining("Pods API request (name: " + name);
  }

  @Test
  void agentIsSilentOrGone_isNotToldAnyMore() {
    away.add("agent-3");
    time.advance(Duration.ofSeconds(2));
    assertThat(names()).containsExactly("agent-2", "agent-1");

    roster.see(List.of(sighting(1, "east")));
    assertThat(names()).containsExactly("agent-1");
  }

  private List<String> names() {
    return client.pods(request("", "", "")).getPodsList().stream().map(Info.Pod::getName).toList();
  }

  @Test
  void anotherGatewayAsks_findsTheSameAgents() {
    var told = new ArrayList<List<Sighting>>();
    var other =
        new DiscovererAgents(
            new Discovery.FromDiscoverer(
                new Address("gateway", 8081), "vald-agent", "", "", 8081, Duration.ofSeconds(1)),
            channel,
            time);

    other.start(told::add);
    other.close();

    assertThat(told)
        .singleElement()
        .satisfies(sightings ->
            assertThat(sightings)
                .extracting(sighting -> sighting.address().host() + " " + sighting.node())
                .containsExactly("10.0.0.2 west", "10.0.0.3 east", "10.0.0.1 east"));
  }

  private static Discoverer.Request request(String name, String namespace, String node) {
    return Discoverer.Request.newBuilder()
        .setName(name)
        .setNamespace(namespace)
        .setNode(node)
        .build();
  }
}
