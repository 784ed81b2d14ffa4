package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One target's lease and positions, as this process knows them. While it has the lease its own
 * positions count, else those in the database. A lease that has shown no beat for a while is taken;
 * that while is measured here, so no clock is compared with another process's, and who has lost a
 * lease unawares is refused by the database.
 *
 * <p>Thread-safe, but {@link #tend} and {@link #learn}, of which one runs at a time.
 */
final class Share {
  /** Another process's lease without a beat for so long is taken. */
  static final Duration EXPIRY = Duration.ofSeconds(10);

  /** So often a holder that reaches the target says so, if it has nothing to store sooner. */
  static final Duration BEAT = Duration.ofSeconds(3);

  private final String target;
  private final String process;
  private final PositionRepository repository;
  private final KeptPositions positions = new KeptPositions();
  private final AtomicInteger visits = new AtomicInteger();

  private Optional<Lease> mine = Optional.empty();
  private Optional<Lease> seen = Optional.empty();

  /** Since when the lease has been as it was seen, or when this process has last shown a beat. */
  private Instant since = Instant.MIN;

  private volatile boolean ours;
  private volatile boolean others;

  Share(String target, String process, PositionRepository repository) {
    this.target = target;
    this.process = process;
    this.repository = repository;
  }

  KeptPositions positions() {
    return positions;
  }

  /** Whether this process has the lease. */
  boolean isOurs() {
    return ours;
  }

  /** Whether another process has shown of late that it brings the target what it misses. */
  boolean isOthers() {
    return others;
  }

  /** Whether this process brings it something out of turn. */
  boolean isVisited() {
    return visits.get() > 0;
  }

  /** Does something that takes sending to the target, whoever has the lease. */
  <R> CompletionStage<R> visit(Supplier<CompletionStage<R>> task) {
    visits.incrementAndGet();
    return task.get().whenComplete((_, _) -> visits.decrementAndGet());
  }

  /**
   * Shows a beat if this process has the lease, else takes the lease if it may. Who does not reach
   * the target does neither, so that the lease comes to a process that does. Blocks on the
   * database.
   *
   * @param found the lease in the database
   * @param isReached whether this process reaches the target
   * @return whether the positions in the database are to be {@link #learn learned}
   */
  boolean tend(Optional<Lease> found, boolean isReached, Instant now) {
    if (ours && found.equals(mine)) {
      renew(isReached, now);
      return !ours;
    }
    ours = false;
    if (!found.equals(seen)) {
      seen = found;
      since = now;
    }
    mine = isReached ? take(found, now) : Optional.empty();
    others = mine.isEmpty() && found.filter(lease -> !isFree(lease, now)).isPresent();
    return true;
  }

  private void renew(boolean isReached, Instant now) {
    var unsaved = positions.takeUnsaved();
    boolean isDue = isReached && !now.isBefore(since.plus(BEAT));
    if (!unsaved.isEmpty() || isDue) {
      mine = repository.renew(mine.orElseThrow(), unsaved);
      since = now;
      ours = mine.isPresent();
    }
  }

  private Optional<Lease> take(Optional<Lease> found, Instant now) {
    if (found.isEmpty()) {
      return repository.takeFirst(target, process);
    }
    return isFree(found.get(), now) ? repository.take(found.get(), process) : Optional.empty();
  }

  /** Of its own name there is one process: an earlier one is dead. */
  private boolean isFree(Lease found, Instant now) {
    return found.holder().equals(process) || !since.plus(EXPIRY).isAfter(now);
  }

  /**
   * What the database has counts from now on; if the lease was just taken, as this process's own.
   */
  void learn(List<ChangePosition> stored, Instant now) {
    positions.replace(stored);
    if (mine.isPresent()) {
      since = now;
      ours = true;
    }
  }
}
