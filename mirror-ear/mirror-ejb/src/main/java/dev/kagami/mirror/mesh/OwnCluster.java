package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Node.Description;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The gateway of this mirror's own site, asked once a second whether it is there and fits. It is
 * ready from its first good answer on, and no longer when it has failed too often for too long; the
 * clock has then moved past every stamp that the site holds. Thread-safe.
 */
public final class OwnCluster {
  private static final System.Logger LOG = System.getLogger(OwnCluster.class.getName());

  private final OwnNode own;
  private final HybridClock clock;
  private final Node gateway;
  private final MeshSettings.Pace pace;
  private final Scheduler scheduler;
  private final Consumer<OwnCluster> watcher;

  // Guarded by this.
  private TargetHealth health;
  private String reason = "not asked yet";

  private volatile boolean stopped;

  /**
   * @param clock is moved past the site's stamps
   * @param watcher is told whenever {@link #isReady} or its reason may have changed
   */
  public OwnCluster(
      MeshSettings settings,
      HybridClock clock,
      Node gateway,
      Scheduler scheduler,
      Consumer<OwnCluster> watcher) {
    this.own = settings.own();
    this.clock = clock;
    this.gateway = gateway;
    this.pace = settings.pace();
    this.scheduler = scheduler;
    this.watcher = watcher;
    this.health = TargetHealth.pending(settings.health());
  }

  /** Asks now and each second from now on. */
  public void start() {
    if (stopped) {
      return;
    }
    var call = new CallContext(scheduler.instant().plus(pace.callLimit()), CallContext.Origin.PEER);
    ask(call)
        .whenComplete((shown, failure) -> {
          note(failure == null ? objection(shown) : Optional.of(StageFailure.words(failure)));
          scheduler.after(pace.period(), this::start);
        });
  }

  private CompletionStage<Description> ask(CallContext call) {
    return gateway.describe(call);
  }

  /** No further question begins. */
  public void stop() {
    stopped = true;
  }

  /** Whether the site can serve, as far as is known. */
  public synchronized boolean isReady() {
    return health.phase() == TargetPhase.CONNECTED;
  }

  /** What is the matter with the gateway; empty if nothing is. */
  public synchronized String reason() {
    return reason;
  }

  private Optional<String> objection(Description shown) {
    var mine = own.identity();
    if (shown.role() != Node.Role.GATEWAY) {
      return Optional.of("it is no gateway but of role " + shown.role());
    }
    if (!shown.site().equals(mine.site().name()) || shown.siteNumber() != mine.site().number()) {
      return Optional.of(
          "it belongs to site " + shown.site() + " with number " + shown.siteNumber());
    }
    if (!shown.space().equals(mine.space())) {
      return Optional.of("it holds " + shown.space() + ", this mirror is for " + mine.space());
    }
    return clock.observe(shown.greatestStamp())
        ? Optional.empty()
        : Optional.of(
            "clock: it has seen "
                + shown.greatestStamp().asTimestamp().toInstant()
                + ", which lies too far ahead of "
                + scheduler.instant());
  }

  private void note(Optional<String> objection) {
    boolean before = isReady();
    var now = scheduler.instant();
    synchronized (this) {
      health = objection.isEmpty() ? health.connected(now) : health.failed(now);
      reason = objection.orElse("");
    }
    tell(before, objection.orElse(""));
    watcher.accept(this);
  }

  private void tell(boolean before, String why) {
    boolean now = isReady();
    if (now && !before) {
      LOG.log(Level.INFO, "The gateway of this site answers");
    } else if (before && !now) {
      LOG.log(Level.WARNING, "The gateway of this site does not serve: {0}", why);
    }
  }
}
