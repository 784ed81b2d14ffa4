package dev.kagami.mirror.catchup;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.catchup.CatchUpLoop;
import dev.kagami.core.catchup.Pace;
import dev.kagami.core.catchup.Progress;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import dev.kagami.mirror.mesh.Mesh;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
  private final PositionRepository repository;
  private final Executor blocking;
  private final Scheduler scheduler;
  private final Pace pace;

  // Guarded by this.
  private final Map<String, KeptPositions> positions = new HashMap<>();
  private final Map<String, CatchUpLoop> loops = new HashMap<>();

  private volatile boolean stopped;

  /** The database, and what may wait for it. */
  public record Keeping(PositionRepository repository, Executor blocking) {}

  /**
   * @param own the own cluster
   */
  public CatchUp(
      VectorStore own, Supplier<Mesh> mesh, Keeping keeping, Scheduler scheduler, Pace pace) {
    this.own = requireNonNull(own, "own");
    this.mesh = requireNonNull(mesh, "mesh");
    this.repository = keeping.repository();
    this.blocking = keeping.blocking();
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.pace = requireNonNull(pace, "pace");
  }

  /** Reads the positions; blocks on the database. */
  public synchronized void load() {
    for (var reached : repository.positions()) {
      positionsOf(reached.target()).add(reached.position());
    }
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
   * Brings {@code target} all that it misses now.
   *
   * @return whether it has that; false if it has stopped taking it, or is held. Never fails
   */
  CompletionStage<Boolean> reachTheEnd(String target) {
    return loopOf(target).reachTheEnd();
  }

  /**
   * Looks at all that there is once more, and brings {@code target} what it lacks of it. Nothing is
   * removed that only the target has.
   */
  public void startOver(String target) {
    loopOf(target).startOver();
  }

  /** How far {@code target} is behind, if it was reached since this process began. */
  public synchronized Optional<Progress> progress(String target) {
    return Optional.ofNullable(loops.get(target)).map(CatchUpLoop::progress);
  }

  /**
   * Up to where {@code target} has everything of a change log; the beginning if that is unknown.
   */
  synchronized ChangePosition position(String target, UUID log) {
    return Optional.ofNullable(positions.get(target))
        .map(kept -> kept.in(log))
        .orElseGet(() -> ChangePosition.beginning(log));
  }

  private synchronized CatchUpLoop loopOf(String target) {
    return loops.computeIfAbsent(
        target,
        name -> {
          var loop = new CatchUpLoop(own, () -> storeOf(name), positionsOf(name), scheduler, pace);
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

  private KeptPositions positionsOf(String target) {
    return positions.computeIfAbsent(target, KeptPositions::new);
  }

  private void tick() {
    if (stopped) {
      return;
    }
    var known = mesh.get().members().stream().map(Mesh.Member::name).collect(Collectors.toSet());
    var gone = end(known);
    var unsaved = takeUnsaved();
    CompletionStage<Void> kept =
        gone.isEmpty() && unsaved.isEmpty()
            ? CompletableFuture.completedStage(null)
            : CompletableFuture.runAsync(() -> keep(gone, unsaved), blocking);
    kept.whenComplete((_, failure) -> {
      if (failure != null) {
        LOG.log(Level.WARNING, "How far targets have come cannot be kept", failure);
      }
      scheduler.after(pace.period(), this::tick);
    });
  }

  private synchronized List<String> end(Set<String> known) {
    var gone = positions.keySet().stream().filter(name -> !known.contains(name)).toList();
    for (var name : gone) {
      positions.remove(name);
      Optional.ofNullable(loops.remove(name)).ifPresent(CatchUpLoop::stop);
    }
    return gone;
  }

  private synchronized List<Reached> takeUnsaved() {
    var unsaved = new ArrayList<Reached>();
    positions.values().forEach(each -> unsaved.addAll(each.takeUnsaved()));
    return unsaved;
  }

  private void keep(List<String> gone, List<Reached> unsaved) {
    gone.forEach(repository::forget);
    repository.save(unsaved);
  }
}
