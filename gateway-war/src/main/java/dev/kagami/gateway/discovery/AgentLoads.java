package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How full the agents are: as the source tells, or else by the bytes of their vectors, which are
 * asked for now and then. Thread-safe; never blocks.
 */
final class AgentLoads implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AgentPool agents;
  private final Roster roster;
  private final VectorSpace space;
  private final Scheduler scheduler;
  private final Map<String, Double> estimates = new ConcurrentHashMap<>();
  private volatile boolean closed;

  AgentLoads(AgentPool agents, Roster roster, VectorSpace space, Scheduler scheduler) {
    this.agents = agents;
    this.roster = roster;
    this.space = space;
    this.scheduler = scheduler;
  }

  /** Asks all agents now and, until closed, every {@link #INTERVAL}. */
  void start() {
    if (closed) {
      return;
    }
    agents.agents().forEach(this::ask);
    scheduler.after(INTERVAL, this::start);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Greater is fuller; 0 if nothing is known. */
  double of(Agent agent) {
    var told =
        roster.sighting(agent.name()).map(Sighting::memory).filter(memory -> memory.isPresent());
    return told.isPresent() ? told.get().getAsDouble() : estimates.getOrDefault(agent.name(), 0.0);
  }

  private void ask(Agent agent) {
    var context = CallContext.UNBOUNDED.within(PATIENCE, scheduler.instant());
    var _ =
        agent
            .ask(store -> store.indexInfo(context))
            // who does not answer keeps its last estimate
            .thenAccept(info -> estimates.put(agent.name(), bytes(info)));
  }

  private double bytes(IndexInfo info) {
    return (double) (info.stored() + info.uncommitted()) * space.dimension() * Float.BYTES;
  }
}
