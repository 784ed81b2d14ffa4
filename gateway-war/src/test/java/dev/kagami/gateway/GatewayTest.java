package dev.kagami.gateway;

import static dev.kagami.transport.grpc.RunningServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.discovery.Discovery;
import dev.kagami.gateway.discovery.ServedNames;
import dev.kagami.gateway.discovery.Sighting;
import dev.kagami.gateway.filter.FilterSettings;
import dev.kagami.gateway.indexing.IndexingSettings;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.gateway.placement.CorrectionSettings;
import dev.kagami.gateway.placement.Placement;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.rest.RestReply;
import dev.kagami.transport.rest.RestRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;

/** A whole gateway between a Vald client and three agents, everything over real gRPC. */
@AtTheRim("real servers run by the wall clock")
class GatewayTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final int LIMIT_SECONDS = 20;

  private final InstantSource wall = InstantSource.system();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "timer"));
  private final ChannelPool channels = new ChannelPool();
  private final List<InMemoryVectorStore> stores = new ArrayList<>();
  private final List<RunningServer> agents = new ArrayList<>();
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private Discovery listed;
  private Path secretFile;
  private Gateway gateway;
  private Channel client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "the-secret-of-all-tests\n");
    var known = new ArrayList<Sighting>();
    for (int i = 1; i <= 3; i++) {
      known.add(Sighting.of("agent-" + i, startAgent("agent-" + i).address()));
    }
    listed = new Discovery.Listed(known);
    secretFile = secret;
    var listen = new Address("127.0.0.1", freePort());
    gateway = gateway("gateway", Optional.empty(), listen);
    gateway.start();
    client = channels.channel(listen);
  }

  private Gateway gateway(String name, Optional<Integer> number, Address listen) {
    var configuration =
        new GatewayConfiguration(
            name,
            number,
            new Cluster("A", 1, SPACE),
            listen,
            secretFile,
            listed,
            2,
            Placement.EXACT,
            CorrectionSettings.USUAL,
            FilterSettings.none(),
            IndexingSettings.off(),
            ServedNames.USUAL);
    return new Gateway(
        configuration,
        new ExecutorScheduler(timers, wall),
        Runnable::run,
        (agent, _) -> note(agent));
  }

  private void note(Agent agent) {
    changes.add(agent + " " + agent.status().state());
  }

  private RunningServer startAgent(String name) {
    var store = new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), wall);
    stores.add(store);
    var agent =
        new RunningServer(
            Role.AGENT,
            ValdServices.agent(
                new CheckedVectorStore(store, SPACE, wall),
                FixedNode.named(name, Role.AGENT, SPACE),
                new WriterClaims(wall)));
    agents.add(agent);
    return agent;
  }

  @AfterEach
  void stop() {
    channels.close();
    gateway.close();
    agents.forEach(RunningServer::close);
    timers.shutdownNow();
  }

  @Test
  void valdClient_writesSearchesAndReadsThroughTheGateway() throws Exception {
    allAgentsAreMet();

    var location = insert("a", 1, 2);
    insert("b", 5, 5);

    assertThat(location.getUuid()).isEqualTo("a");
    assertThat(location.getName()).matches("agent-\\d,agent-\\d");
    assertThat(search(1, 2)).containsExactly("a", "b");
    UpdateGrpc.newBlockingStub(client)
        .update(Update.Request.newBuilder().setVector(vector("a", 9, 9)).build());
    assertThat(search(5, 5)).containsExactly("b", "a");
    assertThat(get("a").getVectorList()).containsExactly(9f, 9f);
    var info = IndexGrpc.newBlockingStub(client).indexInfo(Empty.getDefaultInstance());
    assertThat(info.getStored() + info.getUncommitted()).as("replicas count").isEqualTo(4);
    RemoveGrpc.newBlockingStub(client)
        .remove(Remove.Request.newBuilder().setId(Object.ID.newBuilder().setId("a")).build());
    assertThat(search(9, 9)).containsExactly("b");
    var searches = gateway.balanced().searches();
    assertThat(searches.complete() + searches.partial()).isEqualTo(3);
    assertThat(gateway.metrics())
        .contains("searches_total{answer=\"complete\"} " + searches.complete() + "\n")
        .contains("agents{state=\"connecting\"} 0\n");
    assertThat(failure(() -> get("a"))).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void restClient_reachesTheSameServices() throws Exception {
    allAgentsAreMet();
    insert("a", 1, 2);

    var found = rest("GET", "/exists/a", "");
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body()).contains("\"a\"");
    var bad = rest("POST", "/insert", "{\"vector\": {\"id\": \"b\", \"vector\": [1, 2, 3]}}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.contentType()).isEqualTo(RestReply.PROBLEM);
    assertThat(rest("GET", "/exists/b", "").status()).isEqualTo(404);
  }

  private RestReply rest(String verb, String path, String body) throws Exception {
    var json = Map.of("Content-Type", "application/json");
    return gateway
        .transcoder()
        .answer(new RestRequest(verb, path, "", json, ByteString.copyFromUtf8(body)))
        .toCompletableFuture()
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void badInput_isRefusedAndNothingIsStored() throws Exception {
    allAgentsAreMet();

    assertThat(failure(() -> insert("a", 1, 2, 3))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure(() -> insert("a", 1, Float.NaN))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure(() -> insert("", 1, 2))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure(() -> search(1, 2, 3))).isEqualTo(Status.Code.INVALID_ARGUMENT);

    assertThat(stores).allSatisfy(store -> assertThat(store.contents()).isEmpty());
  }

  @Test
  void everyAgentIsMet_gatewayServesAndSaysWhoItIs() throws Exception {
    allAgentsAreMet();

    assertThat(gateway.isServing()).isTrue();
    assertThat(HealthGrpc.newBlockingStub(client).check(HealthCheckRequest.getDefaultInstance()))
        .extracting(response -> response.getStatus())
        .isEqualTo(ServingStatus.SERVING);
    var said =
        new RemoteNode(client, "gateway", SECRET, wall)
            .describe(CallContext.UNBOUNDED)
            .toCompletableFuture()
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(said.role()).isEqualTo(Role.GATEWAY);
    assertThat(said.name()).isEqualTo("gateway");
    assertThat(said.space()).isEqualTo(SPACE);
  }

  @Test
  void secondGatewayOfTheSameNumber_takesNoWritesAndSaysWhy() throws Exception {
    allAgentsAreMet();
    insert("kept", 1, 2);
    int number = Integer.parseInt(gateway.number());
    var listen = new Address("127.0.0.1", freePort());
    try (var second = gateway("second", Optional.of(number), listen)) {
      second.start();
      second.agents().complete().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      client = channels.channel(listen);

      var refused = catchThrowableOfType(StatusRuntimeException.class, () -> insert("a", 1, 2));

      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refused)
          .hasMessageContaining(number + " is that of another gateway, gateway:")
          .hasMessageContaining("kagami.gateway.number");
      assertThat(second.isServing()).isFalse();
      assertThat(search(1, 2)).as("reads go on").containsExactly("kept");
      assertThat(gateway.isServing()).isTrue();
    }
  }

  @Test
  void holderRefuses_nothingIsStoredAtAnyAgent() throws Exception {
    allAgentsAreMet();
    stores.forEach(InMemoryVectorStore::refuseWrites);
    assertThat(failure(() -> insert("a", 1, 2))).isEqualTo(Status.Code.UNAVAILABLE);
    stores.forEach(InMemoryVectorStore::acceptWrites);

    insert("a", 1, 2);

    assertThat(search(1, 2)).containsExactly("a");
  }

  @Test
  void agentGoesAway_writesItHoldsAreUndoneAndTheRestGoesOn() throws Exception {
    allAgentsAreMet();
    insert("kept", 1, 2);
    agents.getLast().close();
    awaitChange("agent-3 SILENT");

    int refused = 0;
    for (int i = 0; i < 20; i++) {
      var id = "id-" + i;
      try {
        assertThat(insert(id, 3, 4).getName()).doesNotContain("agent-3");
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(e.getStatus().getDescription()).contains("agent-3");
        assertThat(visibleSomewhere(id)).isFalse();
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 19);
    assertThat(search(1, 2)).contains("kept");
  }

  private boolean visibleSomewhere(String id) {
    return stores.stream()
        .flatMap(store -> store.contents().values().stream())
        .anyMatch(kept -> kept.id().equals(new VectorId(id)) && kept.visible().isPresent());
  }

  private void allAgentsAreMet() throws Exception {
    gateway.agents().complete().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(gateway.agents().agents())
        .allSatisfy(agent -> assertThat(agent.status().state()).isEqualTo(State.READY));
  }

  private void awaitChange(String wanted) throws InterruptedException {
    String change;
    do {
      change = changes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(change).as("waiting for " + wanted).isNotNull();
    } while (!change.equals(wanted));
  }

  private Object.Location insert(String id, float... components) {
    return InsertGrpc.newBlockingStub(client)
        .insert(Insert.Request.newBuilder().setVector(vector(id, components)).build());
  }

  private Object.Vector get(String id) {
    return ObjectGrpc.newBlockingStub(client)
        .getObject(
            Object.VectorRequest.newBuilder().setId(Object.ID.newBuilder().setId(id)).build());
  }

  private List<String> search(float... components) {
    var request =
        Search.Request.newBuilder().setConfig(Search.Config.newBuilder().setNum(10).setRadius(-1));
    for (float component : components) {
      request.addVector(component);
    }
    return SearchGrpc.newBlockingStub(client).search(request.build()).getResultsList().stream()
        .map(Object.Distance::getId)
        .toList();
  }

  private static Object.Vector vector(String id, float... components) {
    var vector = Object.Vector.newBuilder().setId(id);
    for (float component : components) {
      vector.addVector(component);
    }
    return vector.build();
  }

  private static Status.Code failure(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
