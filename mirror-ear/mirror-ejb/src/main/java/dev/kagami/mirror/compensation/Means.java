package dev.kagami.mirror.compensation;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.CallContext;
import dev.kagami.mirror.mesh.Mesh;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * What talking to other sites takes.
 *
 * @param jitter spreads retries; any thread may draw from it
 */
public record Means(Scheduler scheduler, RandomGenerator jitter, Patience patience) {
  public Means {
    requireNonNull(scheduler, "scheduler");
    requireNonNull(jitter, "jitter");
    requireNonNull(patience, "patience");
  }

  /** A call among the sites of this mesh that is not waited for longer than one answer may take. */
  public CallContext call() {
    return new CallContext(scheduler.instant().plus(patience.answer()), CallContext.Origin.PEER);
  }

  /** Asks one site, in its own time. Never fails. */
  <R> CompletionStage<Outcome<R>> ask(
      Mesh.Member site, BiFunction<Mesh.Member, CallContext, CompletionStage<R>> question) {
    var call = call();
    return new Fanout(scheduler)
        .<Mesh.Member, R>ask(List.of(site), member -> question.apply(member, call), call.deadline())
        .thenApply(outcomes -> outcomes.byTarget().get(site));
  }

  /** Runs {@code task} after a wait that grows with the failures in a row, spread by half. */
  void retry(int failures, Runnable task) {
    long nanos = patience.retryAfter(failures).toNanos();
    scheduler.after(Duration.ofNanos(nanos / 2 + (long) (jitter.nextDouble() * nanos / 2)), task);
  }
}
