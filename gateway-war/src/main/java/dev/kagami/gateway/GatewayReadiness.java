package dev.kagami.gateway;

import dev.kagami.gateway.placement.AgentStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the gRPC port is open and every known agent has introduced itself and fitted: only
 * then is there a clock to date writes by, and is a search complete. From then on it stays ready,
 * as long as no other gateway dates writes by its number: an agent that goes away takes part of the
 * answers with it, not the gateway.
 */
@Readiness
@ApplicationScoped
class GatewayReadiness implements HealthCheck {
  private final Gateway gateway;

  /** For CDI. */
  GatewayReadiness() {
    this(null);
  }

  @Inject
  GatewayReadiness(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("gateway").status(gateway.isServing());
    response.withData("number", gateway.number());
    for (var agent : gateway.agents().agents()) {
      response.withData(agent.name(), text(agent.status()));
    }
    return response.build();
  }

  private static String text(AgentStatus status) {
    return status.isUsed()
        ? status.state().name()
        : status.state().name() + ": " + status.lastError();
  }
}
