package dev.kagami.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is who can answer, also without taking writes. */
@Readiness
@ApplicationScoped
public class AgentReadiness implements HealthCheck {
  private RunningAgent running;
  private GrpcServers servers;

  /** For CDI. */
  protected AgentReadiness() {}

  @Inject
  AgentReadiness(RunningAgent running, GrpcServers servers) {
    this.running = running;
    this.servers = servers;
  }

  @Override
  public HealthCheckResponse call() {
    var agent = running.agent();
    var state = AgentState.of(agent.index());
    return HealthCheckResponse.named(agent.configuration().identity().name())
        .status(servers.isServing())
        .withData("state", state.spelling())
        .build();
  }
}
