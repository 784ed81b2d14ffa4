package dev.kagami.core.fanout;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks many targets at once and keeps every answer. Never fails: a target that throws, fails or
 * stays silent becomes an {@link Outcome}. Thread-safe; never blocks.
 */
public final class Fanout {
  private final Scheduler scheduler;

  public Fanout(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Calls every target and waits until all have answered or {@code deadline} has passed; who is
   * silent until then is {@link Outcome.Unknown}. A deadline of {@link Instant#MAX} never passes.
   */
  public <T, R> CompletionStage<Outcomes<T, R>> ask(
      Collection<T> targets, Function<T, CompletionStage<R>> call, Instant deadline) {
    var outcomes = new LinkedHashMap<T, CompletableFuture<Outcome<R>>>();
    for (var target : targets) {
      outcomes.put(target, start(target, call));
    }
    var all = CompletableFuture.allOf(outcomes.values().toArray(CompletableFuture<?>[]::new));
    var timer = giveUpAt(deadline, outcomes.values());
    return all.thenApply(_ -> {
      timer.cancel();
      return collect(outcomes);
    });
  }

  private <R> Scheduler.Cancellable giveUpAt(
      Instant deadline, Collection<CompletableFuture<Outcome<R>>> outcomes) {
    if (deadline.equals(Instant.MAX) || outcomes.stream().allMatch(CompletableFuture::isDone)) {
      return () -> {};
    }
    var left = Duration.between(scheduler.instant(), deadline);
    return scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> giveUp(outcomes));
  }

  private static <T, R> CompletableFuture<Outcome<R>> start(
      T target, Function<T, CompletionStage<R>> call) {
    try {
      return call.apply(target)
          .handle((value, failure) -> Outcome.of(value, failure))
          .toCompletableFuture();
    } catch (RuntimeException thrown) {
      // A fault of one target must not lose the answers of those that were asked before it.
      return CompletableFuture.completedFuture(Outcome.of(null, thrown));
    }
  }

  private static <R> void giveUp(Collection<CompletableFuture<Outcome<R>>> outcomes) {
    for (var outcome : outcomes) {
      outcome.complete(
          new Outcome.Unknown<>(
              new ValdException.DeadlineExceeded("no answer before the deadline")));
    }
  }

  private static <T, R> Outcomes<T, R> collect(Map<T, CompletableFuture<Outcome<R>>> outcomes) {
    var collected = new LinkedHashMap<T, Outcome<R>>();
    outcomes.forEach((target, outcome) -> collected.put(target, outcome.join()));
    return new Outcomes<>(collected);
  }
}
