package dev.kagami.mirror.endpoint;

import dev.kagami.mirror.MirrorProcess;
import dev.kagami.mirror.console.MirrorOperations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the own gateway answers and fits and every write that an earlier process left
 * undecided is judged, whatever becomes of other sites.
 */
@Readiness
@ApplicationScoped
public class MirrorReadiness implements HealthCheck {
  private final MirrorProcess mirror;
  private final MirrorOperations operations;

  /** For CDI. */
  protected MirrorReadiness() {
    this(null, null);
  }

  @Inject
  MirrorReadiness(MirrorProcess mirror, MirrorOperations operations) {
    this.mirror = mirror;
    this.operations = operations;
  }

  @Override
  public HealthCheckResponse call() {
    var site = operations.site();
    var gateway = site.gateway();
    return HealthCheckResponse.named("mirror")
        .status(mirror.isReady())
        .withData("gateway", gateway.address().toString())
        .withData("reason", gateway.reason())
        .withData("recovery", recovery(site.journal().undecided()))
        .withData("fault", site.journal().fault())
        .build();
  }

  private static String recovery(int undecided) {
    return undecided == 0
        ? "done"
        : undecided + " writes that were cut short by the last stop are not judged yet";
  }
}
