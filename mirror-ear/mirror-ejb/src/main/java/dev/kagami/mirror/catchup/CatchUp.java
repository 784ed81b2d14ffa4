package dev.kagami.mirror.catchup;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.catchup.CatchUpLoop;
import dev.kagami.core.catchup.Pace;
import dev.kagami.core.catchup.Progress;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.mesh.Mesh;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings each target what it missed. A target's loop begins when it is first reached, so nothing is
 * sent to an address that was never admitted; it ends when the target leaves the mesh. Thread-safe.
 *
 * <p>Life: constructed, {@link #load}, {@link #start}, {@link #stop}, once each.
 */
public final class CatchUp {
  private static final System.Logger LOG = System.getLogger(CatchUp.class.getName());

  private final VectorStore own;
  private final Supplier<Mesh> mesh;
  private final Shares shares;
  private final Executor blocking;
  private final Scheduler scheduler;
  private final Pace pace;

  // Guarded by this.
  private final Map<String, CatchUpLoop> loops = new HashMap<>();

  private final AtomicBoolean troubled = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * The database, and what may wait for it.
   *
   * @param process the name of this process, by which it has leases
   */
  public record Keeping(PositionRepository repository, String process, Executor blocking) {}

  /**
   * @param own the own cluster
   */
  public CatchUp(
      VectorStore own, Supplier<Mesh> mesh, Keeping keeping, Scheduler scheduler, Pace pace) {
    this.own = requireNonNull(own, "own");
    this.mesh = requireNonNull(mesh, "mesh");
    this.blocking = keeping.blocking();
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.pace = requireNonNull(pace, "pace");
    this.shares = new Shares(keeping.repository(), keeping.process(), scheduler, this::isReached);
  }

  /** Reads the positions; blocks on the database. */
  public void load() {
    shares.load();
  }

  /** Begins to keep positions, and to end the loops of targets that have left. */
  public void start() {
    scheduler.after(pace.period(), this::tick);
  }

  /** Begins nothing more. */
  public synchronized void stop() {
    stopped = true;
    loops.values().forEach(CatchUpLoop::stop);
  }

  /**
   * Brings {@code target} all that it misses now, whichever process of the site has its lease.
   *
   * @return whether it has that; false if it has stopped taking it, or is held. Never fails
   */
  CompletionStage<Boolean> reachTheEnd(String target) {
    var loop = loopOf(target);
    return aside(shares::keep).thenCompose(_ -> shares.of(target).visit(loop::reachTheEnd));
  }

  /**
   * Looks at all that there is once more, and brings {@code target} what it lacks of it. Nothing is
   * removed that only the target has.
   */
  public void startOver(String target) {
    var loop = loopOf(target);
    if (shares.of(target).isOurs()) {
      loop.startOver();
    } else {
      var _ = aside(() -> shares.startOver(target));
    }
  }

  /** How far {@code target} is behind; nothing while another process sees to it. */
  public synchronized Optional<Progress> progress(String target) {
    return Optional.ofNullable(loops.get(target))
        .filter(_ -> !shares.of(target).isOthers())
        .map(CatchUpLoop::progress);
  }

  /**
   * Up to where {@code target} has everything of a change log; the beginning if that is unknown.
   */
  ChangePosition position(String target, UUID log) {
    return shares.of(target).positions().in(log);
  }

  private synchronized CatchUpLoop loopOf(String target) {
    return loops.computeIfAbsent(
        target,
        name -> {
          var share = shares.of(name);
          var loop =
              new CatchUpLoop(
                  own,
                  () -> storeOf(name).filter(_ -> !share.isOthers() || share.isVisited()),
                  share.positions(),
                  scheduler,
                  pace);
          loop.start();
          return loop;
        });
  }

  private Optional<VectorStore> storeOf(String target) {
    var now = mesh.get();
    return now.members().stream()
        .filter(member -> member.name().equals(target))
        .filter(member -> !stopped && !now.held().contains(target))
        .map(Mesh.Member::store)
        .findFirst();
  }

  /** That a loop has begun says that the target was admitted. */
  private boolean isReached(String target) {
    return hasLoop(target)
        && mesh.get().members().stream()
            .anyMatch(member -> member.name().equals(target) && !member.isAway());
  }

  private synchronized boolean hasLoop(String target) {
    return loops.containsKey(target);
  }

  private void tick() {
    if (stopped) {
      return;
    }
    end(mesh.get().members().stream().map(Mesh.Member::name).collect(Collectors.toSet()));
    aside(shares::keep).thenAccept(_ -> scheduler.after(pace.period(), this::tick));
  }

  private synchronized void end(Set<String> known) {
    for (var name : shares.end(known)) {
      Optional.ofNullable(loops.remove(name)).ifPresent(CatchUpLoop::stop);
    }
  }

  /** Never fails: what the database lacks costs time only. */
  private CompletionStage<Void> aside(Runnable databaseWork) {
    return CompletableFuture.runAsync(databaseWork, blocking)
        .handle((_, failure) -> {
          tell(Optional.ofNullable(failure));
          return null;
        });
  }

  /** A trouble that lasts is told once. */
  private void tell(Optional<Throwable> failure) {
    boolean before = troubled.getAndSet(failure.isPresent());
    if (before && failure.isEmpty()) {
      LOG.log(Level.INFO, "How far targets have come can be kept again");
    }
    failure
        .filter(_ -> !before)
        .ifPresent(trouble ->
            LOG.log(Level.WARNING, "How far targets have come cannot be kept; trying on", trouble));
  }
}
