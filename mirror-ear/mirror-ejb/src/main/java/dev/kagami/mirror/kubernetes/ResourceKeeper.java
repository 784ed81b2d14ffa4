package dev.kagami.mirror.kubernetes;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.mirror.kubernetes.ValdMirrorTarget.Endpoint;
import dev.kagami.mirror.kubernetes.ValdMirrorTarget.Spec;
import dev.kagami.mirror.kubernetes.ValdMirrorTarget.Status;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTarget;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.Standing;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.mesh.TargetStatus;
import dev.kagami.transport.client.Address;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the resources say what the mesh is like, once a second, each time from what is there: a
 * call that failed is made good by the next round. Several replicas of a mirror may do so at once.
 * Thread-safe; never blocks but on the executor it was given.
 */
final class ResourceKeeper {
  static final String GROUP = "group";

  private static final System.Logger LOG = System.getLogger(ResourceKeeper.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** What Vald's mirrors put on the resources that they make where there is no group. */
  private static final Map<String, String> WITHOUT_GROUP =
      Map.of(
          "app.kubernetes.io/name", "mirror-target",
          "app.kubernetes.io/managed-by", "gateway-mirror");

  private final KubernetesTargets targets;
  private final MirrorMesh mesh;
  private final ResourceNames names;
  private final Scheduler scheduler;
  private final Executor blocking;
  private final AtomicBoolean atWork = new AtomicBoolean();
  private final AtomicBoolean troubled = new AtomicBoolean();
  private volatile boolean stopped;

  ResourceKeeper(
      KubernetesTargets targets,
      MirrorMesh mesh,
      ResourceNames names,
      Scheduler scheduler,
      Executor blocking) {
    this.targets = targets;
    this.mesh = mesh;
    this.names = names;
    this.scheduler = scheduler;
    this.blocking = blocking;
  }

  /** A round now and one each second, but never two at once. */
  void start() {
    if (stopped) {
      return;
    }
    scheduler.after(PERIOD, this::start);
    if (targets.isKnown() && atWork.compareAndSet(false, true)) {
      var _ =
          CompletableFuture.runAsync(this::round, blocking)
              .whenComplete((_, failure) -> {
                atWork.set(false);
                tell(failure);
              });
    }
  }

  void stop() {
    stopped = true;
  }

  private void round() {
    var declared = targets.declared();
    var statuses =
        mesh.statuses().stream()
            .collect(Collectors.toMap(TargetStatus::address, Function.identity()));
    for (var resource : targets.all()) {
      showPhase(resource, statuses);
    }
    statuses.values().stream()
        .filter(ResourceKeeper::isMember)
        .filter(status -> !declared.containsKey(status.address()))
        .filter(status -> !hadResource(status.address()))
        .forEach(this::make);
    targets.all().stream()
        .filter(targets::isMadeHere)
        .filter(resource -> isNeedless(resource, declared))
        .forEach(this::delete);
  }

  private static boolean isMember(TargetStatus status) {
    return status.standing() == Standing.MEMBER && status.phase() == TargetPhase.CONNECTED;
  }

  private void showPhase(ValdMirrorTarget resource, Map<Address, TargetStatus> statuses) {
    var seen =
        targets
            .addressOf(resource)
            .map(address -> seen(address, Optional.ofNullable(statuses.get(address))))
            .orElseGet(() -> Status.of(TargetPhase.UNKNOWN, scheduler.instant()));
    var shown = resource.getStatus();
    if (resource.isGoing() || (shown != null && shown.hasPhaseOf(seen))) {
      return;
    }
    targets
        .resources()
        .withName(resource.name())
        .editStatus(current -> {
          current.setStatus(seen);
          return current;
        });
  }

  private Status seen(Address address, Optional<TargetStatus> found) {
    return found
        .map(status -> Status.of(status.phase(), status.since()))
        .orElseGet(() -> {
          var phase = isRemoved(address) ? TargetPhase.DISCONNECTED : TargetPhase.PENDING;
          return Status.of(phase, scheduler.instant());
        });
  }

  private boolean isRemoved(Address address) {
    return mesh.wishes().stream()
        .filter(MirrorTarget::isRefused)
        .anyMatch(wish -> wish.address().equals(address));
  }

  /** Where a row tells of a resource that is not there, somebody has just deleted it. */
  private boolean hadResource(Address address) {
    return mesh.wishes().stream()
        .filter(wish -> wish.source() == Source.KUBERNETES)
        .anyMatch(wish -> wish.address().equals(address));
  }

  private void make(TargetStatus status) {
    var peer = status.address();
    var resource = new ValdMirrorTarget();
    var settings = targets.settings();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName(names.of(peer))
            .withNamespace(targets.namespace())
            .withLabels(
                settings.group().isEmpty() ? WITHOUT_GROUP : Map.of(GROUP, settings.group()))
            .build());
    var colocation = settings.colocation().isEmpty() ? null : settings.colocation();
    resource.setSpec(new Spec(colocation, new Endpoint(peer.host(), peer.port())));
    try {
      targets.resources().resource(resource).create();
      LOG.log(Level.INFO, "Made the resource {0} for {1}", resource.name(), peer.toString());
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) { // another replica was first
        throw refused;
      }
    }
  }

  /** Its target was removed, or people have made a resource for it too. */
  private boolean isNeedless(ValdMirrorTarget resource, Map<Address, ValdMirrorTarget> declared) {
    return targets
        .addressOf(resource)
        .filter(declared::containsKey)
        .filter(address -> isRemoved(address) || !targets.isMadeHere(declared.get(address)))
        .isPresent();
  }

  private void delete(ValdMirrorTarget resource) {
    if (!resource.isGoing()) {
      var _ = targets.resources().withName(resource.name()).delete();
      LOG.log(Level.INFO, "Deleted the resource {0}: it is not needed any more", resource.name());
    }
  }

  /** A trouble that lasts is told once. */
  private void tell(Throwable failure) {
    boolean before = troubled.getAndSet(failure != null);
    if (failure != null && !before) {
      LOG.log(Level.WARNING, "The ValdMirrorTarget resources cannot be kept; trying on", failure);
    } else if (failure == null && before) {
      LOG.log(Level.INFO, "The ValdMirrorTarget resources can be kept again");
    }
  }
}
