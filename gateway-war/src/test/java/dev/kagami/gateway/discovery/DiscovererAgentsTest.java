package dev.kagami.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.transport.client.Address;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.discoverer.DiscovererGrpc;
import org.vdaas.vald.api.v1.payload.Discoverer;
import org.vdaas.vald.api.v1.payload.Info;

/** A discoverer in the shape of Vald's, whose answers are scripted. */
class DiscovererAgentsTest {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ControlledScheduler time = new ControlledScheduler();
  private final List<List<Sighting>> told = new ArrayList<>();
  private final List<Discoverer.Request> requests = new ArrayList<>();
  private Optional<Info.Nodes> answer = Optional.empty();
  private Server server;
  private ManagedChannel channel;
  private DiscovererAgents agents;

  private final class ScriptedDiscoverer extends DiscovererGrpc.DiscovererImplBase {
    @Override
    public void nodes(Discoverer.Request request, StreamObserver<Info.Nodes> answers) {
      requests.add(request);
      if (answer.isPresent()) {
        answers.onNext(answer.get());
        answers.onCompleted();
      } else {
        answers.onError(Status.INTERNAL.withDescription("no cache yet").asException());
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    var name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new ScriptedDiscoverer())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    agents =
        new DiscovererAgents(
            new Discovery.FromDiscoverer(
                new Address("discoverer", 8081), "vald-agent", "vald", "", 8081, INTERVAL),
            channel,
            time);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void lightestPodOfEachNodeComesFirst_andThenTheSecondOnes() {
    answer =
        Optional.of(
            Info.Nodes.newBuilder()
                .addNodes(node("heavy", 0.9, pod("10.0.0.3", 0.5), pod("10.0.0.4", 0.1)))
                .addNodes(node("light", 0.2, pod("10.0.0.1", 0.8), pod("10.0.0.2", 0.3)))
                .addNodes(node("middle", 0.5, pod("10.0.0.5", 0.7)))
                .build());

    agents.start(told::add);

    assertThat(requests)
        .containsExactly(
            Discoverer.Request.newBuilder().setName("vald-agent").setNamespace("vald").build());
    assertThat(told)
        .singleElement()
        .satisfies(sightings ->
            assertThat(sightings)
                .extracting(sighting -> sighting.address() + " on " + sighting.node())
                .containsExactly(
                    "10.0.0.2:8081 on light",
                    "10.0.0.5:8081 on middle",
                    "10.0.0.4:8081 on heavy",
                    "10.0.0.1:8081 on light",
                    "10.0.0.3:8081 on heavy"));
  }

  @Test
  void discovererFailsOrKnowsNobody_nothingIsToldUntilItDoes() {
    agents.start(told::add);
    answer = Optional.of(Info.Nodes.getDefaultInstance());
    time.advance(INTERVAL);
    assertThat(told).isEmpty();

    answer =
        Optional.of(
            Info.Nodes.newBuilder().addNodes(node("one", 0.9, pod("10.0.0.3", 0.5))).build());
    time.advance(INTERVAL);

    assertThat(told).hasSize(1);
    assertThat(requests).hasSize(3);
  }

  @Test
  void closed_nobodyIsAskedAnyMore() {
    agents.start(told::add);

    agents.close();
    time.advance(INTERVAL.multipliedBy(5));

    assertThat(requests).hasSize(1);
  }

  private static Info.Node node(String name, double memory, Info.Pod... pods) {
    return Info.Node.newBuilder()
        .setName(name)
        .setMemory(Info.Memory.newBuilder().setUsage(memory))
        .setPods(Info.Pods.newBuilder().addAllPods(List.of(pods)))
        .build();
  }

  private static Info.Pod pod(String ip, double memory) {
    return Info.Pod.newBuilder()
        .setName("pod-" + ip)
        .setIp(ip)
        .setMemory(Info.Memory.newBuilder().setUsage(memory))
        .build();
  }
}
