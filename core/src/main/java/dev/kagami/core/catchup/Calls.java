package dev.kagami.core.catchup;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Calls among the processes of a mesh, each given up after a while. Thread-safe. */
final class Calls {
  private final Scheduler scheduler;
  private final Duration limit;

  Calls(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  /** Asks {@code there} one question; silence fails it. */
  <T, R> CompletionStage<R> ask(T there, BiFunction<T, CallContext, CompletionStage<R>> question) {
    return all(List.of(there), (one, call) -> question.apply(one, call))
        .thenCompose(outcomes ->
            switch (outcomes.byTarget().get(there)) {
              case Outcome.Answered<R>(var value) -> CompletableFuture.completedStage(value);
              case Outcome.Rejected<R>(var error) -> CompletableFuture.failedStage(error);
              case Outcome.Unknown<R>(var error) -> CompletableFuture.failedStage(error);
            });
  }

  /**
   * Sends all of {@code messages} at once.
   *
   * @return fails with the first failure that {@code isHarmless} does not accept
   */
  <T> CompletionStage<Void> send(
      Collection<T> messages,
      BiFunction<T, CallContext, CompletionStage<Void>> sending,
      Function<ValdException, Boolean> isHarmless) {
    return this.<T, Void>all(messages, sending)
        .thenCompose(outcomes ->
            outcomes.failures().values().stream()
                .filter(failure -> !isHarmless.apply(failure))
                .findFirst()
                .<CompletionStage<Void>>map(CompletableFuture::failedStage)
                .orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private <T, R> CompletionStage<Outcomes<T, R>> all(
      Collection<T> targets, BiFunction<T, CallContext, CompletionStage<R>> question) {
    var call = new CallContext(scheduler.instant().plus(limit), CallContext.Origin.PEER);
    return new Fanout(scheduler)
        .ask(targets, target -> question.apply(target, call), call.deadline());
  }
}
