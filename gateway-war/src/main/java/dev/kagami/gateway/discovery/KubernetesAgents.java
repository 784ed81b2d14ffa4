package dev.kagami.gateway.discovery;

import static java.util.Comparator.comparing;

import dev.kagami.transport.client.Address;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Agents that run in Kubernetes: ready pods with the given labels, or the ready endpoints of a
 * service. An informer watches, so a change is known at once and nothing is polled. No other class
 * names a type of the Kubernetes client, so that it is only loaded where it is used.
 */
final class KubernetesAgents implements AgentSource {
  private static final Logger LOG = System.getLogger(KubernetesAgents.class.getName());
  private static final long RESYNC_MILLIS = 60_000;

  private final Discovery.Kubernetes settings;
  private final KubernetesClient client;

  // Set once, by start.
  private volatile Optional<SharedIndexInformer<?>> watching = Optional.empty();

  KubernetesAgents(Discovery.Kubernetes settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
  }

  /**
   * With a client configured as all of them are: by the service account of the pod, or kubeconfig.
   *
   * @param threads run the client's tasks
   */
  static KubernetesAgents inThisCluster(Discovery.Kubernetes settings, Executor threads) {
    var client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withTaskExecutor(threads)
            .build();
    return new KubernetesAgents(settings, client);
  }

  @Override
  public void start(Consumer<List<Sighting>> watcher) {
    var namespace =
        settings.namespace().isEmpty()
            ? Optional.ofNullable(client.getNamespace()).orElse("default")
            : settings.namespace();
    switch (settings.selection()) {
      case Discovery.Selection.OfPods(var labels) ->
          inform(
              client
                  .pods()
                  .inNamespace(namespace)
                  .withLabels(labels)
                  .runnableInformer(RESYNC_MILLIS),
              this::agents,
              watcher);
      case Discovery.Selection.OfService(var service) ->
          inform(
              client
                  .discovery()
                  .v1()
                  .endpointSlices()
                  .inNamespace(namespace)
                  .withLabel("kubernetes.io/service-name", service)
                  .runnableInformer(RESYNC_MILLIS),
              this::agents,
              watcher);
    }
  }

  private <R extends HasMetadata> void inform(
      SharedIndexInformer<R> informer,
      Function<R, Stream<Sighting>> agents,
      Consumer<List<Sighting>> watcher) {
    watching = Optional.of(informer);
    informer.addEventHandler(new Change<>(() -> tell(informer, agents, watcher)));
    // an error of the connection is retried for ever; what was seen stays
    informer.exceptionHandler((_, failure) -> {
      LOG.log(Level.WARNING, "the Kubernetes API does not answer: {0}", failure.getMessage());
      return true;
    });
    var _ = informer.start().thenRun(() -> tell(informer, agents, watcher));
  }

  /** Nothing is told before the first full list is there. */
  private static <R extends HasMetadata> void tell(
      SharedIndexInformer<R> informer,
      Function<R, Stream<Sighting>> agents,
      Consumer<List<Sighting>> watcher) {
    if (informer.hasSynced()) {
      watcher.accept(
          informer.getStore().list().stream()
              .flatMap(agents)
              .sorted(comparing(sighting -> sighting.address().toString()))
              .toList());
    }
  }

  private Stream<Sighting> agents(Pod pod) {
    var ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    return ip == null || !Readiness.isPodReady(pod)
        ? Stream.empty()
        : Stream.of(sighting(ip, settings.port(), pod.getSpec().getNodeName()));
  }

  private Stream<Sighting> agents(EndpointSlice slice) {
    return slice.getEndpoints().stream()
        .filter(endpoint ->
            endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
        .flatMap(endpoint ->
            endpoint.getAddresses().stream()
                .map(ip -> sighting(ip, settings.port(), endpoint.getNodeName())));
  }

  private static Sighting sighting(String ip, int port, String node) {
    return new Sighting(
        new Address(ip, port), Optional.empty(), node == null ? "" : node, OptionalDouble.empty());
  }

  @Override
  public void close() {
    watching.ifPresent(SharedIndexInformer::stop);
    client.close();
  }

  /** Whatever has changed, all is told anew. */
  private record Change<R>(Runnable tell) implements ResourceEventHandler<R> {
    @Override
    public void onAdd(R added) {
      tell.run();
    }

    @Override
    public void onUpdate(R before, R now) {
      tell.run();
    }

    @Override
    public void onDelete(R gone, boolean finalStateUnknown) {
      tell.run();
    }
  }
}
