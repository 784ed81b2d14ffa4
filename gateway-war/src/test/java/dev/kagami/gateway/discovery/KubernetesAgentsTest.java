package dev.kagami.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the client's own API server, which keeps what it is given. */
class KubernetesAgentsTest {
  private static final long LIMIT_SECONDS = 120;
  private static final String NAMESPACE = "vectors";

  private static final int STARTS = 10;

  private final BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();
  private final KubernetesMockServer api = started();
  private final KubernetesClient client = api.createClient(new JdkHttpClientFactory());
  private KubernetesAgents agents;

  /** It takes itself for failed after some seconds, which are not enough on a busy machine. */
  private static KubernetesMockServer started() {
    for (int start = 1; ; start++) {
      var server =
          new KubernetesMockServer(
              new Context(),
              new MockWebServer(),
              new HashMap<>(),
              new KubernetesCrudDispatcher(),
              false);
      try {
        server.init();
        return server;
      } catch (IllegalStateException tooSlow) {
        if (start == STARTS) {
          throw tooSlow;
        }
      }
    }
  }

  @AfterEach
  void stop() {
    agents.close();
    api.destroy();
  }

  private void watch(Discovery.Selection selection) {
    agents = new KubernetesAgents(new Discovery.Kubernetes(NAMESPACE, selection, 8081), client);
    agents.start(sightings ->
        told.add(
            sightings.stream()
                .map(sighting -> sighting.address() + " on " + sighting.node())
                .toList()));
  }

  @Test
  void podsWithTheLabels_comeAndGo() throws Exception {
    create(pod("agent-0", "10.0.0.1", "agent", "True"));
    create(pod("other-0", "10.0.0.7", "other", "True"));
    create(pod("agent-1", "10.0.0.2", "agent", "False"));
    watch(new Discovery.Selection.OfPods(Map.of("app", "agent")));
    await(List.of("10.0.0.1:8081 on node-agent-0"));

    create(pod("agent-2", "10.0.0.3", "agent", "True"));
    await(List.of("10.0.0.1:8081 on node-agent-0", "10.0.0.3:8081 on node-agent-2"));

    client
        .pods()
        .inNamespace(NAMESPACE)
        .resource(pod("agent-1", "10.0.0.2", "agent", "True"))
        .update();
    await(
        List.of(
            "10.0.0.1:8081 on node-agent-0",
            "10.0.0.2:8081 on node-agent-1",
            "10.0.0.3:8081 on node-agent-2"));

    client.pods().inNamespace(NAMESPACE).withName("agent-0").delete();
    await(List.of("10.0.0.2:8081 on node-agent-1", "10.0.0.3:8081 on node-agent-2"));
  }

  @Test
  void readyEndpointsOfTheService_areAgents() throws Exception {
    var slice =
        new EndpointSliceBuilder()
            .withNewMetadata()
            .withName("agents-abc")
            .withNamespace(NAMESPACE)
            .addToLabels("kubernetes.io/service-name", "agents")
            .endMetadata()
            .withAddressType("IPv4")
            .addNewEndpoint()
            .withAddresses("10.0.0.1")
            .withNodeName("one")
            .withNewConditions()
            .withReady(true)
            .endConditions()
            .endEndpoint()
            .addNewEndpoint()
            .withAddresses("10.0.0.2")
            .withNewConditions()
            .withReady(false)
            .endConditions()
            .endEndpoint()
            .build();
    client.discovery().v1().endpointSlices().inNamespace(NAMESPACE).resource(slice).create();

    watch(new Discovery.Selection.OfService("agents"));

    await(List.of("10.0.0.1:8081 on one"));
  }

  private void create(Pod pod) {
    client.pods().inNamespace(NAMESPACE).resource(pod).create();
  }

  private static Pod pod(String name, String ip, String app, String ready) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels("app", app)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-" + name)
        .endSpec()
        .withNewStatus()
        .withPodIP(ip)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .endStatus()
        .build();
  }

  /** What is told before and in between does not matter. */
  private void await(List<String> wanted) throws InterruptedException {
    List<String> latest;
    do {
      latest = told.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(latest).as("waiting for " + wanted).isNotNull();
    } while (!latest.equals(wanted));
  }
}
