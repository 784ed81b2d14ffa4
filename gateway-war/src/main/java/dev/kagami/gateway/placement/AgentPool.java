package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Stamp;
import dev.kagami.gateway.placement.Agent.Drain;
import dev.kagami.gateway.placement.AgentStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The known agents of one cluster; they may come and go. Asks each who it is, again and again: an
 * agent that does not fit is not used until it does, and one that fits is noticed when it changes
 * or falls silent. Life cycle: made, {@link #start started} once, {@link #close closed} once.
 * Thread-safe.
 */
public final class AgentPool implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a gateway that starts waits for agents of which it can spare some. */
  static final Duration START_PATIENCE = Duration.ofSeconds(10);

  private final int leastAgents;
  private final int spare;
  private final Cluster cluster;
  private final Scheduler scheduler;
  private final Fanout fanout;
  private final BiConsumer<Agent, AgentStatus> watcher;
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private volatile boolean closed;

  // Both are changed under the lock of this.
  private volatile KnownAgents known;
  private boolean started;
  private volatile Instant startTime = Instant.MAX;

  /**
   * A pool of these agents, to which others may come.
   *
   * @param agents those known already, each name once, at least one
   * @param watcher is told of the first word of each agent and of each change of its state, with
   *     the status before
   */
  public AgentPool(
      List<Agent> agents,
      Cluster cluster,
      Scheduler scheduler,
      BiConsumer<Agent, AgentStatus> watcher) {
    this(KnownAgents.of(agents), Math.max(1, agents.size()), 0, cluster, scheduler, watcher);
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("a gateway needs at least one agent");
    }
  }

  /**
   * A pool whose agents have to be {@link #admit admitted}.
   *
   * @param leastAgents fewer are never complete
   * @param spare so many of the known ones may be missing, once they had {@link #START_PATIENCE}
   */
  public AgentPool(
      int leastAgents,
      int spare,
      Cluster cluster,
      Scheduler scheduler,
      BiConsumer<Agent, AgentStatus> watcher) {
    this(KnownAgents.of(List.of()), leastAgents, spare, cluster, scheduler, watcher);
  }

  private AgentPool(
      KnownAgents known,
      int leastAgents,
      int spare,
      Cluster cluster,
      Scheduler scheduler,
      BiConsumer<Agent, AgentStatus> watcher) {
    this.known = known;
    this.leastAgents = leastAgents;
    this.spare = spare;
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.fanout = new Fanout(scheduler);
    this.watcher = watcher;
  }

  /** Begins to ask the agents who they are. */
  public synchronized void start() {
    started = true;
    startTime = scheduler.instant();
    known.agents().forEach(this::describe);
  }

  /**
   * The agent {@code name} is at {@code connection}. Becomes known if it was not; who moved or
   * comes back has to introduce itself before it is used.
   */
  public synchronized void admit(String name, Agent.Connection connection) {
    agent(name)
        .ifPresentOrElse(
            agent -> moveTo(agent, connection), () -> meet(new Agent(name, connection)));
  }

  private void moveTo(Agent agent, Agent.Connection connection) {
    if (!agent.address().equals(connection.address()) || agent.status().state() == State.VANISHED) {
      agent.moveTo(connection);
      change(agent, agent.status().returning());
    }
  }

  private void meet(Agent agent) {
    known = known.with(agent);
    if (started) {
      describe(agent);
    }
  }

  /** The agent {@code name} is gone; it stays known, and what it holds counts as missing. */
  public synchronized void vanish(String name, String why) {
    agent(name).ifPresent(agent -> change(agent, agent.status().vanished(why)));
  }

  /**
   * An operator gives up an agent that has vanished, or was drained and is away: nothing is missing
   * without it.
   *
   * @return whether it was known and so; else nothing happens
   */
  public synchronized boolean forget(String name) {
    boolean gone = agent(name).filter(AgentPool::mayBeForgotten).isPresent();
    if (gone) {
      known = known.without(name);
    }
    return gone;
  }

  private static boolean mayBeForgotten(Agent agent) {
    return agent.status().state() == State.VANISHED
        || (agent.drain() == Drain.DONE && !agent.isReady());
  }

  @Override
  public void close() {
    closed = true;
  }

  /** All known ones; the same list as long as none comes or is forgotten. */
  public List<Agent> agents() {
    return known.agents();
  }

  /** The known agent of that name. */
  public Optional<Agent> agent(String name) {
    return known.find(name);
  }

  /** Ends when every known agent, but for those that can be spared, is used. */
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
   * @return empty while an agent is not used that cannot be spared, for it may hold greater ones
   */
  Optional<Stamp> greatestStamp() {
    return isComplete()
        ? agents().stream()
            .flatMap(agent -> agent.status().description().stream())
            .map(Description::greatestStamp)
            .max(Stamp::compareTo)
        : Optional.empty();
  }

  /** Names every agent that is not used, and why. */
  Unavailable unused(String soWhat) {
    return new Unavailable(
        soWhat
            + (agents().size() < leastAgents
                ? agents().size() + " agents are known and " + leastAgents + " needed; "
                : "")
            + agents().stream()
                .filter(agent -> !agent.status().isUsed())
                .map(agent -> agent.unused().getMessage())
                .collect(joining("; ")));
  }

  List<String> names() {
    return agents().stream().map(Agent::name).toList();
  }

  /**
   * A call to {@code agent} ran out of time, long enough to doubt it. It counts as silent until it
   * introduces itself again, which it is asked to all the time.
   */
  public synchronized void suspect(Agent agent, String why) {
    agent.vouchesNoMore();
    if (agent.status().state() == State.READY) {
      change(agent, agent.status().silent(why));
    }
  }

  private boolean isComplete() {
    var agents = agents();
    long unused = agents.stream().filter(agent -> !agent.status().isUsed()).count();
    return agents.size() >= leastAgents && (unused == 0 || unused <= spareNow());
  }

  private int spareNow() {
    return startTime.isBefore(scheduler.instant().minus(START_PATIENCE)) ? spare : 0;
  }

  private void describe(Agent agent) {
    if (closed || !known.agents().contains(agent)) {
      return;
    }
    var connection = agent.connection();
    if (agent.status().state() == State.VANISHED) {
      scheduler.after(INTERVAL, () -> describe(agent));
      return;
    }
    var asked = scheduler.instant();
    var context = CallContext.UNBOUNDED.within(PATIENCE, asked);
    fanout
        .ask(List.of(agent), _ -> connection.node().describe(context), context.deadline())
        .thenAccept(outcomes -> {
          note(agent, connection, asked, outcomes.byTarget().get(agent));
          scheduler.after(INTERVAL, () -> describe(agent));
        });
  }

  private synchronized void note(
      Agent agent, Agent.Connection there, Instant asked, Outcome<Description> outcome) {
    var before = agent.status();
    if (!agent.connection().equals(there) || before.state() == State.VANISHED) {
      return;
    }
    if (outcome instanceof Outcome.Answered<Description>(var said)) {
      agent.vouches(asked);
      if (mayHaveForgotten(before, said)) {
        agent.misses();
      }
    }
    change(
        agent,
        switch (outcome) {
          case Outcome.Answered<Description>(var said) -> judge(agent, said);
          case Outcome.Rejected<Description>(var error) -> before.failing(text(error));
          case Outcome.Unknown<Description>(var error) -> before.silent(text(error));
        });
    if (isComplete() && complete.complete(null)) {
      // whoever comes later may know less than those that were there
      agents().stream().filter(other -> !other.status().isUsed()).forEach(Agent::misses);
    }
  }

  /** Whether it was started anew, perhaps with an older disk or an empty one. */
  private static boolean mayHaveForgotten(AgentStatus before, Description said) {
    return before.description().filter(last -> last.run() != said.run()).isPresent();
  }

  private void change(Agent agent, AgentStatus now) {
    var before = agent.status();
    agent.become(now, scheduler.instant());
    if (now.state() != before.state() || before.equals(AgentStatus.UNMET)) {
      watcher.accept(agent, before);
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
