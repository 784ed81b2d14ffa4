package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.placement.AgentPool;
import io.grpc.BindableService;

/**
 * This gateway as a discoverer for others. Life cycle: made, started once, closed once.
 * Thread-safe.
 */
public final class ServedDiscoverer implements AutoCloseable {
  private final AgentLoads loads;
  private final BindableService service;

  public ServedDiscoverer(
      ServedNames names, AgentPool agents, Roster roster, VectorSpace space, Scheduler scheduler) {
    this.loads = new AgentLoads(agents, roster, space, scheduler);
    this.service = new DiscovererGrpcService(names, agents, roster, loads);
  }

  /** {@code discoverer.v1.Discoverer}. */
  public BindableService service() {
    return service;
  }

  /** Begins to look how full the agents are. */
  public void start() {
    loads.start();
  }

  @Override
  public void close() {
    loads.close();
  }
}
