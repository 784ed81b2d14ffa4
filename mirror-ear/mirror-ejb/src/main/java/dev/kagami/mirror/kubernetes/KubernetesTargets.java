package dev.kagami.mirror.kubernetes;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.mirror.mesh.AddressRules;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTarget;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Labels;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.TargetSource;
import dev.kagami.transport.client.Address;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The resources of one namespace and group as a source of targets, watched from {@link #open} on
 * until it is closed. While the API server does not answer, what it told last goes on to count.
 * Thread-safe.
 */
public final class KubernetesTargets implements TargetSource, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KubernetesTargets.class.getName());
  private static final int REQUEST_MILLIS = 5_000;
  private static final int CONNECT_MILLIS = 2_000;

  private final KubernetesClient client;
  private final KubernetesSettings settings;
  private final AddressRules rules;
  private final ResourceNames names;
  private final SharedIndexInformer<ValdMirrorTarget> informer;
  private volatile Optional<ResourceKeeper> keeper = Optional.empty();

  private KubernetesTargets(
      KubernetesClient client,
      KubernetesSettings settings,
      AddressRules rules,
      ResourceNames names) {
    this.client = client;
    this.settings = settings;
    this.rules = rules;
    this.names = names;
    this.informer =
        settings.group().isEmpty()
            ? resources().runnableInformer(0)
            : resources().withLabel(ResourceKeeper.GROUP, settings.group()).runnableInformer(0);
  }

  /**
   * Begins to watch; returns at once.
   *
   * @param own the address of the mirror that watches
   * @param blocking runs the client's tasks
   */
  public static KubernetesTargets open(
      KubernetesSettings settings, AddressRules rules, Address own, Executor blocking) {
    var found = new ConfigBuilder().build();
    found.setRequestTimeout(REQUEST_MILLIS);
    found.setConnectionTimeout(CONNECT_MILLIS);
    var client =
        new KubernetesClientBuilder()
            .withConfig(found)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withTaskExecutor(blocking)
            .build();
    return open(client, settings, rules, own);
  }

  static KubernetesTargets open(
      KubernetesClient client, KubernetesSettings settings, AddressRules rules, Address own) {
    var targets = new KubernetesTargets(client, settings, rules, new ResourceNames(own));
    targets.informer.exceptionHandler((_, failure) -> targets.isWorthTryingAgain(failure));
    var _ = targets.informer.start();
    return targets;
  }

  private boolean isWorthTryingAgain(Throwable failure) {
    LOG.log(
        Level.WARNING,
        "The ValdMirrorTarget resources of namespace {0} cannot be read; trying on: {1}",
        namespace(),
        failure.getMessage());
    return true;
  }

  /** Keeps the resources as {@code mesh} sees the targets, until closed. */
  public void follow(MirrorMesh mesh, Scheduler scheduler, Executor blocking) {
    var made = new ResourceKeeper(this, mesh, names, scheduler, blocking);
    keeper = Optional.of(made);
    made.start();
  }

  @Override
  public Source source() {
    return Source.KUBERNETES;
  }

  @Override
  public Optional<List<MirrorTarget>> targets() {
    return isKnown()
        ? Optional.of(declared().values().stream().flatMap(this::target).toList())
        : Optional.empty();
  }

  /** Whether the resources were read at all. */
  boolean isKnown() {
    return informer.hasSynced();
  }

  /**
   * The resources, by the address that each stands for: of several for one address the oldest that
   * people made.
   */
  SequencedMap<Address, ValdMirrorTarget> declared() {
    var declared = new LinkedHashMap<Address, ValdMirrorTarget>();
    informer.getStore().list().stream()
        .filter(resource -> !resource.isGoing())
        .sorted(
            Comparator.comparing(this::isMadeHere)
                .thenComparing(KubernetesTargets::made)
                .thenComparing(ValdMirrorTarget::name))
        .forEach(
            resource -> addressOf(resource).ifPresent(at -> declared.putIfAbsent(at, resource)));
    return declared;
  }

  /** Its address, if it can be a target's. */
  Optional<Address> addressOf(ValdMirrorTarget resource) {
    try {
      return resource
          .endpoint()
          .map(endpoint -> rules.check(endpoint.host(), endpoint.port(), "spec.target"));
    } catch (InvalidArgument unfit) {
      return Optional.empty();
    }
  }

  private Stream<MirrorTarget> target(ValdMirrorTarget resource) {
    var labels = new Labels(resource.colocation(), settings.group());
    return addressOf(resource).stream()
        .map(address ->
            new MirrorTarget(address, Source.KUBERNETES, Desired.PRESENT, labels, said(resource)));
  }

  /** A resource that a mirror made itself is nobody's word: it takes back nothing. */
  private Instant said(ValdMirrorTarget resource) {
    return isMadeHere(resource) ? Instant.EPOCH : made(resource);
  }

  /** Whether a mirror of this site made it. */
  boolean isMadeHere(ValdMirrorTarget resource) {
    return addressOf(resource).map(names::of).filter(resource.name()::equals).isPresent();
  }

  private static Instant made(ValdMirrorTarget resource) {
    return Instant.parse(resource.getMetadata().getCreationTimestamp());
  }

  /** Every resource, whatever it says. */
  List<ValdMirrorTarget> all() {
    return informer.getStore().list();
  }

  KubernetesSettings settings() {
    return settings;
  }

  String namespace() {
    return settings.namespace().isEmpty() ? client.getNamespace() : settings.namespace();
  }

  /** Where calls about the resources go; they block. */
  NonNamespaceOperation<
          ValdMirrorTarget, KubernetesResourceList<ValdMirrorTarget>, Resource<ValdMirrorTarget>>
      resources() {
    return client.resources(ValdMirrorTarget.class).inNamespace(namespace());
  }

  /** Ends the watch. */
  @Override
  public void close() {
    keeper.ifPresent(ResourceKeeper::stop);
    informer.stop();
    client.close();
  }
}
