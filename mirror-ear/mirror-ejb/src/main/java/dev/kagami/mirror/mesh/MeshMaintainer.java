package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.transport.client.Address;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the mesh as it should be: once a period it reconciles what is wanted, and visits each
 * target independently of all others. A round that is still under way is not begun a second time.
 * Thread-safe.
 */
final class MeshMaintainer {
  private static final System.Logger LOG = System.getLogger(MeshMaintainer.class.getName());

  private final TargetRegistry registry;
  private final Links links;
  private final Visit visit;
  private final Scheduler scheduler;
  private final Executor blocking;
  private final Duration period;

  private final Set<Address> beingVisited = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean reconciling = new AtomicBoolean();
  private final AtomicBoolean troubled = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * @param blocking runs what blocks on the database
   */
  MeshMaintainer(
      TargetRegistry registry,
      Links links,
      Visit visit,
      Scheduler scheduler,
      Executor blocking,
      Duration period) {
    this.registry = registry;
    this.links = links;
    this.visit = visit;
    this.scheduler = scheduler;
    this.blocking = blocking;
    this.period = period;
  }

  /** Runs a round now and one each period from now on. */
  void start() {
    if (stopped) {
      return;
    }
    scheduler.after(period, this::start);
    reconcile();
    links.addresses().forEach(this::visit);
  }

  /** No round begins after this one. */
  void stop() {
    stopped = true;
  }

  private void reconcile() {
    if (!reconciling.compareAndSet(false, true)) {
      return;
    }
    aside(registry::reconcile)
        .whenComplete((_, failure) -> {
          reconciling.set(false);
          tell(failure);
        });
  }

  /** A trouble that lasts is told once. */
  private void tell(Throwable failure) {
    boolean before = troubled.getAndSet(failure != null);
    if (failure != null && !before) {
      LOG.log(Level.WARNING, "The targets cannot be read or kept; trying on", failure);
    } else if (failure == null && before) {
      LOG.log(Level.INFO, "The targets can be read and kept again");
    }
  }

  private void visit(Address address) {
    var peer = links.peer(address);
    if (peer.isEmpty() || !beingVisited.add(address)) {
      return;
    }
    visit
        .of(address, peer.get())
        .thenCompose(this::learn)
        .whenComplete((_, failure) -> {
          beingVisited.remove(address);
          if (failure != null) {
            LOG.log(
                Level.WARNING,
                "What target {0} makes known is not taken over: {1}",
                address.toString(),
                failure.getMessage());
          }
        });
  }

  /** What a peer tells may add targets and do nothing else. */
  private CompletionStage<Void> learn(List<Address> told) {
    return registry.unknown(told).isEmpty()
        ? CompletableFuture.completedStage(null)
        : aside(() -> registry.learn(told));
  }

  private CompletionStage<Void> aside(Runnable databaseWork) {
    return CompletableFuture.runAsync(databaseWork, blocking);
  }
}
