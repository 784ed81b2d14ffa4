package dev.kagami.core.catchup;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Brings one target everything that its source has and it has not: what is written while it is
 * away, what a write did not wait for, undos. It looks at what changed since the target's {@link
 * Positions}; for a target that gets all writes as they come it finds nothing to send. Thread-safe;
 * never blocks.
 *
 * <p>Life: constructed, {@link #start started} once, {@link #stop stopped} once.
 */
public final class CatchUpLoop {
  private final VectorStore source;
  private final Supplier<Optional<VectorStore>> target;
  private final Positions positions;
  private final Scheduler scheduler;
  private final Pace pace;
  private final Calls calls;

  // All state below is guarded by this.
  private final Bounds bounds;
  private Optional<CompletableFuture<Boolean>> underWay = Optional.empty();
  private final Headway headway = new Headway();
  private List<ChangeLog> seen = List.of();
  private Stamp flushed = Stamp.NONE;
  private boolean startsOver;
  private int failures;
  private String trouble = "";
  private volatile boolean stopped;

  /**
   * @param target where to bring it now; nothing while there is no way
   */
  public CatchUpLoop(
      VectorStore source,
      Supplier<Optional<VectorStore>> target,
      Positions positions,
      Scheduler scheduler,
      Pace pace) {
    this.source = requireNonNull(source, "source");
    this.target = requireNonNull(target, "target");
    this.positions = requireNonNull(positions, "positions");
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.pace = requireNonNull(pace, "pace");
    this.calls = new Calls(scheduler, pace.answer());
    this.bounds = new Bounds(pace.delay());
  }

  /** Begins to look for changes. */
  public void start() {
    scheduler.after(pace.period(), this::tick);
  }

  /** Begins nothing more. */
  public void stop() {
    stopped = true;
  }

  /** The next pass looks at everything again, whatever the target was brought before. */
  public synchronized void startOver() {
    startsOver = true;
  }

  /** How far the target is behind. */
  public synchronized Progress progress() {
    long behind =
        seen.stream()
            .mapToLong(log -> Math.max(0, log.end() - positions.in(log.identity()).seq()))
            .sum();
    return new Progress(behind, headway.lag(scheduler.instant()), headway.perSecond(), trouble);
  }

  /**
   * Goes on until each log has no more changes, without keeping behind; after what is under way. An
   * end that was seen before is not enough: an id that changes again has left its old place.
   *
   * @return whether the target has everything that the source told of when this was asked; what
   *     only an agent knows that is away comes when that is back. Never fails
   */
  public CompletionStage<Boolean> reachTheEnd() {
    return atRest().thenCompose(_ -> pass(_ -> Long.MAX_VALUE));
  }

  private synchronized CompletionStage<Boolean> atRest() {
    return underWay
        .<CompletionStage<Boolean>>map(pass -> pass)
        .orElseGet(() -> CompletableFuture.completedStage(true));
  }

  private void tick() {
    if (stopped) {
      return;
    }
    pass(bounds::of).thenAccept(_ -> scheduler.after(waitNow(), this::tick));
  }

  private synchronized Duration waitNow() {
    return failures == 0 ? pace.period() : pace.retryAfter(failures);
  }

  /** One pass at a time: who comes while one is under way gets that one's result. */
  private CompletionStage<Boolean> pass(ToLongFunction<ChangeLog> bound) {
    var pass = new CompletableFuture<Boolean>();
    synchronized (this) {
      if (underWay.isPresent()) {
        return underWay.get();
      }
      underWay = Optional.of(pass);
      if (startsOver) {
        startsOver = false;
        positions.startOver();
      }
      headway.begin(scheduler.instant());
    }
    target
        .get()
        .map(there -> bring(there, bound))
        .orElseGet(() -> CompletableFuture.completedStage(false))
        .whenComplete((reached, failure) -> {
          end(failure);
          pass.complete(failure == null && reached);
        });
    return pass;
  }

  private synchronized void end(Throwable failure) {
    underWay = Optional.empty();
    failures = failure == null ? 0 : failures + 1;
    trouble = failure == null ? "" : StageFailure.words(failure);
    if (!isBehind()) {
      headway.atTheEnd();
    }
  }

  /** Of what is old enough to be looked at. */
  private boolean isBehind() {
    return seen.stream().anyMatch(log -> positions.in(log.identity()).seq() < bounds.of(log));
  }

  private CompletionStage<Boolean> bring(VectorStore there, ToLongFunction<ChangeLog> bound) {
    var delivery = new Delivery(source, there, calls);
    return calls
        .ask(source, VectorStore::changeLogs)
        .thenCompose(logs -> {
          see(logs);
          return flush(there, logs)
              .thenCompose(_ -> bring(logs.logs(), delivery, bound))
              .thenApply(_ -> !stopped && !logs.logs().isEmpty());
        });
  }

  /** What a flush removed is in no log, so the flush itself is brought; again after a restart. */
  private CompletionStage<Void> flush(VectorStore there, ChangeLogs logs) {
    var upTo = logs.logs().stream().map(ChangeLog::flushed).max(Stamp::compareTo);
    if (upTo.filter(this::isFlushLacking).isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return calls
        .ask(there, (target, call) -> target.flush(upTo.get(), call))
        .thenAccept(_ -> flushed(upTo.get()));
  }

  private synchronized boolean isFlushLacking(Stamp upTo) {
    return upTo.compareTo(flushed) > 0;
  }

  private synchronized void flushed(Stamp upTo) {
    flushed = upTo;
  }

  private synchronized void see(ChangeLogs logs) {
    var now = scheduler.instant();
    bounds.see(logs, now);
    seen = logs.logs();
    if (isBehind()) {
      headway.behind(now.minus(pace.delay()));
    }
  }

  private CompletionStage<Void> bring(
      List<ChangeLog> logs, Delivery delivery, ToLongFunction<ChangeLog> bound) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (var log : logs) {
      done = done.thenCompose(_ -> bring(log, delivery, boundOf(log, bound)));
    }
    return done;
  }

  private synchronized long boundOf(ChangeLog log, ToLongFunction<ChangeLog> bound) {
    return bound.applyAsLong(log);
  }

  /** Page by page; a position is moved after its page was acknowledged. */
  private CompletionStage<Void> bring(ChangeLog log, Delivery delivery, long bound) {
    var from = positions.in(log.identity());
    if (stopped || from.seq() >= bound) {
      return CompletableFuture.completedStage(null);
    }
    return calls
        .ask(source, (here, call) -> here.changesSince(from, pace.page(), call))
        .thenCompose(page ->
            bring(page, from, delivery, bound)
                .thenCompose(to -> {
                  positions.reached(from, to);
                  moved(to.seq() - from.seq());
                  return bring(log, delivery, to.seq() < page.end() ? bound : to.seq());
                }));
  }

  private synchronized void moved(long changes) {
    headway.moved(changes, scheduler.instant());
  }

  private static CompletionStage<ChangePosition> bring(
      ChangePage page, ChangePosition from, Delivery delivery, long bound) {
    var due = page.changes().stream().filter(change -> change.seq() <= bound).toList();
    long to = Math.min(page.next().seq(), bound);
    return delivery.bring(due).thenApply(_ -> new ChangePosition(from.log(), to));
  }
}
