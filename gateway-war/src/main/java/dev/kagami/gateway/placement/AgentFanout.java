package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.VectorStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Asks several agents the same at once, each within the same bound. Thread-safe; never blocks. */
final class AgentFanout {
  /** A silence of this length makes an agent suspect; clients with less patience prove nothing. */
  static final Duration SUSPICIOUS = Duration.ofSeconds(1);

  /** An agent that is silent for longer is not waited for. */
  static final Duration BRIEF = Duration.ofSeconds(3);

  private final AgentPool pool;
  private final Placement placement;
  private final Scheduler scheduler;
  private final Fanout fanout;

  AgentFanout(AgentPool pool, Placement placement, Scheduler scheduler) {
    this.pool = pool;
    this.placement = placement;
    this.scheduler = scheduler;
    this.fanout = new Fanout(scheduler);
  }

  /**
   * Ends, never failing, when all have answered or the earlier of the caller's deadline and {@code
   * patience} is over. An agent that is not used hears nothing and counts as not answering; one
   * that lets the call run out of time counts as silent until it is heard of again.
   */
  <R> CompletionStage<Outcomes<Agent, R>> ask(
      Collection<Agent> agents,
      CallContext context,
      Duration patience,
      BiFunction<VectorStore, CallContext, CompletionStage<R>> call) {
    return watched(() -> askPatiently(agents, context, patience, call));
  }

  /** As {@link #ask}, for work that takes its time: silence proves nothing. */
  <R> CompletionStage<Outcomes<Agent, R>> askPatiently(
      Collection<Agent> agents,
      CallContext context,
      Duration patience,
      BiFunction<VectorStore, CallContext, CompletionStage<R>> call) {
    var bounded = bound(context, patience);
    return fanout.ask(
        agents, agent -> agent.ask(store -> call.apply(store, bounded)), bounded.deadline());
  }

  /** What is asked of an agent about {@code question}. */
  interface Call<Q, R> {
    CompletionStage<R> ask(VectorStore store, Q question, CallContext bounded);
  }

  /** As {@link #ask}, with a question for each. */
  <Q, R> CompletionStage<Outcomes<Agent, R>> askEach(
      Map<Agent, Q> questions, CallContext context, Duration patience, Call<Q, R> call) {
    var bounded = bound(context, patience);
    return watched(() ->
        fanout.ask(
            questions.keySet(),
            agent -> agent.ask(store -> call.ask(store, questions.get(agent), bounded)),
            bounded.deadline()));
  }

  /**
   * As {@link #ask}, for what others can answer as well: an agent that let a call run out of time
   * is spared until it is heard of again, unless all of them are silent.
   */
  <R> CompletionStage<Outcomes<Agent, R>> read(
      Collection<Agent> agents,
      CallContext context,
      Duration patience,
      BiFunction<VectorStore, CallContext, CompletionStage<R>> call) {
    var bounded = bound(context, patience);
    boolean someAreHeard = agents.stream().anyMatch(this::isHeard);
    return watched(() ->
        fanout.ask(
            agents,
            agent ->
                isHeard(agent) || !someAreHeard
                    ? agent.ask(store -> call.apply(store, bounded))
                    : CompletableFuture.failedStage(agent.spared()),
            bounded.deadline()));
  }

  /** Where each id has its place for good, nobody else has what an agent may have forgotten. */
  private boolean isHeard(Agent agent) {
    return placement == Placement.EXACT ? agent.isReady() : agent.isHeard();
  }

  private <R> CompletionStage<Outcomes<Agent, R>> watched(
      Supplier<CompletionStage<Outcomes<Agent, R>>> call) {
    var start = scheduler.instant();
    return call.get()
        .thenApply(outcomes -> {
          suspectSilent(outcomes, Duration.between(start, scheduler.instant()));
          return outcomes;
        });
  }

  private void suspectSilent(Outcomes<Agent, ?> outcomes, Duration waited) {
    if (waited.compareTo(SUSPICIOUS) < 0) {
      return;
    }
    outcomes
        .failures()
        .forEach((agent, error) -> {
          if (error.code() == Code.DEADLINE_EXCEEDED) {
            pool.suspect(agent, "no answer within " + waited.toMillis() + " ms");
          }
        });
  }

  /** Whether it answers, or has been silent for a moment only, as after a pause of this process. */
  boolean mayAnswer(Agent agent) {
    return agent.isReady()
        || (agent.status().isUsed() && scheduler.instant().isBefore(agent.since().plus(BRIEF)));
  }

  /** How long to wait for all of {@code agents}: for none beyond what {@link #mayAnswer} allows. */
  Duration patience(Collection<Agent> agents, Duration most) {
    var now = scheduler.instant();
    return agents.stream()
        .filter(agent -> agent.status().isUsed() && !agent.isReady())
        .map(agent -> Duration.between(now, agent.since().plus(BRIEF)))
        .reduce(most, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  /** The call, not waiting longer than {@code patience} from now on. */
  CallContext bound(CallContext context, Duration patience) {
    return context.within(patience, scheduler.instant());
  }

  /** Who did not answer, and why. */
  static String failures(Outcomes<Agent, ?> outcomes) {
    return outcomes.failures().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue().getMessage())
        .collect(joining("; "));
  }
}
