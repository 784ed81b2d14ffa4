package dev.kagami.mirror.kubernetes;

import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.AtTheRim;
import dev.kagami.mirror.kubernetes.ValdMirrorTarget.Endpoint;
import dev.kagami.mirror.kubernetes.ValdMirrorTarget.Spec;
import dev.kagami.mirror.mesh.AddressRules;
import dev.kagami.mirror.mesh.AddressRules.Loopback;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.SimulatedSites;
import dev.kagami.transport.client.Address;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an API server that keeps resources; the mirrors are those of a simulated network. */
@EnableKubernetesMockClient(crud = true)
class KubernetesTargetsTest {
  private static final String NAMESPACE = "vald";
  private static final Duration LONG = Duration.ofSeconds(10);

  /** How resources are called that only try whether the watch has begun; no target is there. */
  private static final String TRY = "try-";

  private KubernetesMockServer server;
  private KubernetesClient client;

  private final SimulatedSites sites = new SimulatedSites();
  private KubernetesTargets targets;

  @BeforeEach
  void defineResource() {
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(ValdMirrorTarget.class));
  }

  @AfterEach
  void stopWatching() {
    if (targets != null) {
      targets.close();
    }
  }

  @Test
  void resource_isATarget_andTellsHowItIsSeen() {
    sites.start("B", 2);
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));

    create("to-b", at("B"), Map.of());

    await(() -> "Connected".equals(phase("to-b")));
    assertThat(names(a)).containsExactly("B");
    assertThat(Instant.parse(read("to-b").getStatus().lastTransitionTime())).isNotNull();

    sites.cut("B");
    await(() -> "Disconnected".equals(phase("to-b")));
    assertThat(read("to-b").getSpec()).isEqualTo(spec(at("B")));
  }

  @Test
  void deletedResource_endsTheTarget_andItsNextCallDoesNotBringItBack() {
    sites.start("B", 2, at("A"));
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));
    create("to-b", at("B"), Map.of());
    await(() -> "Connected".equals(phase("to-b")) && all().size() == 1);

    client.resources(ValdMirrorTarget.class).inNamespace(NAMESPACE).withName("to-b").delete();

    await(() -> names(a).isEmpty());
    sites.pass(LONG);
    assertThat(names(a)).isEmpty();
    assertThat(all()).isEmpty();
  }

  @Test
  void changedResource_leavesTheOldTargetForTheNewOne() {
    sites.start("B", 2);
    sites.start("C", 3);
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));
    create("other", at("B"), Map.of());
    await(() -> names(a).equals(List.of("B")));

    client
        .resources(ValdMirrorTarget.class)
        .inNamespace(NAMESPACE)
        .withName("other")
        .edit(resource -> {
          resource.setSpec(spec(at("C")));
          return resource;
        });

    await(() -> names(a).equals(List.of("C")));
  }

  @Test
  void peerThatMadeItselfKnown_getsAResource_asValdMakesIt() {
    var a = watch(new KubernetesSettings(NAMESPACE, "", "dc1"));

    sites.start("B", 2, at("A"));

    var name = new ResourceNames(at("A")).of(at("B"));
    await(() -> "Connected".equals(phase(name)));
    assertThat(names(a)).containsExactly("B");
    var made = read(name);
    assertThat(made.getSpec()).isEqualTo(new Spec("dc1", spec(at("B")).target()));
    assertThat(made.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/name", "mirror-target")
        .containsEntry("app.kubernetes.io/managed-by", "gateway-mirror");
  }

  @Test
  void otherGroup_isNoneOfItsBusiness() {
    sites.start("B", 2);
    sites.start("C", 3);
    var a = watch(new KubernetesSettings(NAMESPACE, "blue", ""));

    create("to-b", at("B"), Map.of("group", "blue"));
    create("to-c", at("C"), Map.of("group", "green"));

    await(() -> "Connected".equals(phase("to-b")));
    sites.pass(LONG);
    assertThat(names(a)).containsExactly("B");
    assertThat(phase("to-c")).isNull();
  }

  @Test
  void addressThatNoTargetCanHave_isShownAsUnknown() {
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));

    create("metadata", new Address("169.254.169.254", 80), Map.of());

    await(() -> "Unknown".equals(phase("metadata")));
    assertThat(names(a)).isEmpty();
  }

  @Test
  void targetThatAnOperatorRemoves_losesTheMirrorsOwnResource() {
    sites.start("B", 2, at("A"));
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));
    await(() -> all().size() == 1);

    a.remove(at("B"));

    await(() -> all().isEmpty());
    sites.pass(LONG);
    assertThat(names(a)).isEmpty();
    assertThat(all()).isEmpty();
  }

  @Test
  void targetThatAnOperatorRemoves_leavesTheResourceOfPeopleAlone() {
    sites.start("B", 2);
    var a = watch(new KubernetesSettings(NAMESPACE, "", ""));
    create("to-b", at("B"), Map.of());
    await(() -> "Connected".equals(phase("to-b")));

    a.remove(at("B"));

    await(() -> "Disconnected".equals(phase("to-b")));
    assertThat(names(a)).isEmpty();
  }

  @Test
  void serverThatDoesNotAnswer_isNoEmptyList() {
    var nowhere = new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build();
    targets =
        KubernetesTargets.open(
            new KubernetesClientBuilder().withConfig(nowhere).build(),
            new KubernetesSettings(NAMESPACE, "", ""),
            new AddressRules(Loopback.REFUSED),
            at("A"));

    assertThat(targets.targets()).isEmpty();
  }

  private MirrorMesh watch(KubernetesSettings settings) {
    targets =
        KubernetesTargets.open(
            new KubernetesClientBuilder().withConfig(client.getConfiguration()).build(),
            settings,
            new AddressRules(Loopback.REFUSED),
            at("A"));
    awaitWatch(settings.group());
    var mesh = sites.start("A", 1, targets);
    targets.follow(mesh, sites.time(), Runnable::run);
    return mesh;
  }

  /** This server tells a watch nothing of what came between its list and its first moment. */
  private void awaitWatch(String group) {
    var nowhere = new Address("0.0.0.0", 1);
    var tries = new AtomicInteger();
    await(() -> {
      create(TRY + tries.incrementAndGet(), nowhere, Map.of("group", group));
      return !targets.all().isEmpty();
    });
  }

  private static List<String> names(MirrorMesh mesh) {
    return mesh.now().members().stream()
        .filter(Mesh.Member::isConnected)
        .map(Mesh.Member::name)
        .toList();
  }

  private void create(String name, Address address, Map<String, String> labels) {
    var resource = new ValdMirrorTarget();
    resource.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).withLabels(labels).build());
    resource.setSpec(spec(address));
    client.resource(resource).create();
  }

  private static Spec spec(Address address) {
    return new Spec(null, new Endpoint(address.host(), address.port()));
  }

  private List<ValdMirrorTarget> all() {
    return client
        .resources(ValdMirrorTarget.class)
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .stream()
        .filter(resource -> !resource.name().startsWith(TRY))
        .toList();
  }

  private ValdMirrorTarget read(String name) {
    return client.resources(ValdMirrorTarget.class).inNamespace(NAMESPACE).withName(name).get();
  }

  private String phase(String name) {
    var resource = read(name);
    return resource == null || resource.getStatus() == null ? null : resource.getStatus().phase();
  }

  /** The server is real and takes its time; the mirrors' seconds pass meanwhile. */
  @AtTheRim("waits for a server")
  private void await(BooleanSupplier isTrue) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!isTrue.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("time is up; known %s, there are %s", targets.all(), all())
          .isLessThan(end);
      sites.pass(Duration.ofSeconds(1));
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", stop);
      }
    }
  }
}
