package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The known agents of one cluster. Asks each who it is, again and again: an agent that does not fit
 * is not used until it does, and one that fits is noticed when it changes or falls silent. Life
 * cycle: made, {@link #start started} once, {@link #close closed} once. Thread-safe.
 */
public final class AgentPool implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<Agent> agents;
  private final Map<String, Agent> byName;
  private final Cluster cluster;
  private final Scheduler scheduler;
  private final Fanout fanout;
  private final BiConsumer<Agent, AgentStatus> watcher;
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * @param agents all known ones, each name once, at least one
   * @param watcher is told of the first word of each agent and of each change of its state, with
   *     the status before
   */
  public AgentPool(
      List<Agent> agents,
      Cluster cluster,
      Scheduler scheduler,
      BiConsumer<Agent, AgentStatus> watcher) {
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("a gateway needs at least one agent");
    }
    this.agents = List.copyOf(agents);
    this.byName = this.agents.stream().collect(toUnmodifiableMap(Agent::name, agent -> agent));
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.fanout = new Fanout(scheduler);
    this.watcher = watcher;
  }

  /** Begins to ask the agents who they are. */
  public void start() {
    agents.forEach(this::describe);
  }

  @Override
  public void close() {
    closed = true;
  }

  public List<Agent> agents() {
    return agents;
  }

  /** Ends when every known agent has fitted at least once. */
  public CompletionStage<Void> complete() {
    return complete.minimalCompletionStage();
  }

  /** Whether {@link #complete} has ended. */
  public boolean wasComplete() {
    return complete.isDone();
  }

  /**
   * The greatest stamp that the agents report.
   *
   * @return empty while an agent is not used, for it may hold greater ones
   */
  Optional<Stamp> greatestStamp() {
    return isComplete()
        ? agents.stream()
            .flatMap(agent -> agent.status().description().stream())
            .map(Description::greatestStamp)
            .max(Stamp::compareTo)
        : Optional.empty();
  }

  /** Names every agent that is not used, and why. */
  Unavailable unused(String soWhat) {
    return new Unavailable(
        soWhat
            + agents.stream()
                .filter(agent -> !agent.status().isUsed())
                .map(agent -> agent.unused().getMessage())
                .collect(joining("; ")));
  }

  List<Agent> named(List<String> names) {
    return names.stream().map(byName::get).toList();
  }

  List<String> names() {
    return agents.stream().map(Agent::name).toList();
  }

  /**
   * A call to {@code agent} ran out of time, long enough to doubt it. It counts as silent until it
   * introduces itself again, which it is asked to all the time.
   */
  void suspect(Agent agent, String why) {
    var before = agent.status();
    if (before.state() == AgentStatus.State.READY) {
      agent.become(before.silent(why));
      watcher.accept(agent, before);
    }
  }

  private boolean isComplete() {
    return agents.stream().allMatch(agent -> agent.status().isUsed());
  }

  private void describe(Agent agent) {
    if (closed) {
      return;
    }
    var context = CallContext.UNBOUNDED.within(PATIENCE, scheduler.instant());
    fanout
        .ask(List.of(agent), one -> one.node().describe(context), context.deadline())
        .thenAccept(outcomes -> {
          note(agent, outcomes.byTarget().get(agent));
          scheduler.after(INTERVAL, () -> describe(agent));
        });
  }

  private void note(Agent agent, Outcome<Description> outcome) {
    var before = agent.status();
    var now =
        switch (outcome) {
          case Outcome.Answered<Description>(var said) -> judge(agent, said);
          case Outcome.Rejected<Description>(var error) -> before.failing(text(error));
          case Outcome.Unknown<Description>(var error) -> before.silent(text(error));
        };
    agent.become(now);
    if (now.state() != before.state() || before.equals(AgentStatus.UNMET)) {
      watcher.accept(agent, before);
    }
    if (isComplete()) {
      complete.complete(null);
    }
  }

  private AgentStatus judge(Agent agent, Description said) {
    var objections = cluster.objections(agent.name(), said);
    return objections.isEmpty()
        ? agent.status().ready(said)
        : agent.status().refused(said, String.join(", ", objections));
  }

  private static String text(ValdException error) {
    return error.code() + ": " + error.getMessage();
  }
}
