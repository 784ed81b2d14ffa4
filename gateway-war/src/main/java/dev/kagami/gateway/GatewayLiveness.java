package dev.kagami.gateway;

import dev.kagami.core.clock.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as the timers run; without them no deadline passes and nothing is settled. */
@Liveness
@ApplicationScoped
class GatewayLiveness implements HealthCheck {
  /** Timers run every second; a busy machine or a long pause of the JVM is no death. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Gateway gateway;
  private final Scheduler scheduler;

  /** For CDI. */
  GatewayLiveness() {
    this(null, null);
  }

  @Inject
  GatewayLiveness(Gateway gateway, Scheduler scheduler) {
    this.gateway = gateway;
    this.scheduler = scheduler;
  }

  @Override
  public HealthCheckResponse call() {
    var pause = Duration.between(gateway.lastHeartbeat(), scheduler.instant());
    return HealthCheckResponse.named("gateway-timers")
        .status(pause.compareTo(LONGEST_PAUSE) < 0)
        .withData("lastRunMillisAgo", pause.toMillis())
        .build();
  }
}
