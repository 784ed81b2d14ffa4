package dev.kagami.mirror.catchup;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.mirror.mesh.Mesh;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells the own cluster, again and again, which removals and undos it may forget: those older than
 * the retention that every known target has. A target that is away keeps all that it has not got,
 * however long; a site that is removed from the mesh forgets nothing, for it may be added again.
 * Thread-safe; never blocks.
 *
 * <p>Life: constructed, {@link #start started} once, {@link #stop stopped} once.
 */
public final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VectorStore own;
  private final Supplier<Mesh> mesh;
  private final CatchUp catchUp;
  private final BooleanSupplier judged;
  private final Scheduler scheduler;
  private final Terms terms;
  private final Fanout fanout;

  private volatile String trouble = "";
  private volatile boolean stopped;

  /**
   * What is forgotten when.
   *
   * @param calendar tells how old something is
   * @param retention younger removals and undos are remembered; much longer than clocks are apart
   *     and messages are late
   * @param interval from one telling to the next; longer than loops take, so that what one site has
   *     just got has been offered back before it may forget it
   */
  public record Terms(InstantSource calendar, Duration retention, Duration interval) {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    public Terms(InstantSource calendar, Duration retention) {
      this(calendar, retention, INTERVAL);
    }
  }

  /**
   * @param own the own cluster
   * @param judged whether no writes are left that a crash would have judged by what is remembered
   */
  public Retention(
      VectorStore own,
      Supplier<Mesh> mesh,
      CatchUp catchUp,
      BooleanSupplier judged,
      Scheduler scheduler,
      Terms terms) {
    this.own = requireNonNull(own, "own");
    this.mesh = requireNonNull(mesh, "mesh");
    this.catchUp = requireNonNull(catchUp, "catchUp");
    this.judged = requireNonNull(judged, "judged");
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.terms = requireNonNull(terms, "terms");
    this.fanout = new Fanout(scheduler);
  }

  /** The first telling comes after one interval. */
  public void start() {
    scheduler.after(terms.interval(), this::tick);
  }

  /** Tells nothing more. */
  public void stop() {
    stopped = true;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    if (!judged.getAsBoolean()) {
      start();
      return;
    }
    var call = new CallContext(scheduler.instant().plus(ANSWER), CallContext.Origin.PEER);
    fanout
        .ask(List.of(own), store -> tell(store, call), call.deadline())
        .thenAccept(outcomes -> {
          note(outcomes);
          start();
        });
  }

  private CompletionStage<Void> tell(VectorStore store, CallContext call) {
    return store
        .changeLogs(call)
        .thenCompose(logs -> {
          var now = mesh.get();
          return now.isRemoved()
              ? CompletableFuture.completedStage(null)
              : store.trim(horizon(logs, now.members()), call);
        });
  }

  private Horizon horizon(ChangeLogs logs, List<Mesh.Member> targets) {
    var oldest = Timestamp.of(terms.calendar().instant().minus(terms.retention()));
    return new Horizon(
        new Stamp(oldest.unixNanos()),
        logs.logs().stream()
            .map(log -> new ChangePosition(log.identity(), knownToAll(targets, log)))
            .toList());
  }

  private long knownToAll(Iterable<Mesh.Member> targets, ChangeLog log) {
    long known = log.end();
    for (var target : targets) {
      known = Math.min(known, catchUp.position(target.name(), log.identity()).seq());
    }
    return known;
  }

  /** Once for each new trouble, not every minute. */
  private void note(Outcomes<VectorStore, Void> outcomes) {
    var now =
        outcomes.failures().values().stream()
            .map(ValdException::getMessage)
            .collect(Collectors.joining());
    if (!now.isEmpty() && !now.equals(trouble)) {
      LOG.log(Level.INFO, "Old removals and undos are remembered for now: {0}", now);
    }
    trouble = now;
  }
}
