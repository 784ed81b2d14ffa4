package dev.kagami.gateway;

import dev.kagami.transport.rest.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What the gateway offers over HTTP. */
@ApplicationPath("/")
public class GatewayApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        ValdResource.class,
        ProblemMapper.class,
        AgentsResource.class,
        CorrectionResource.class,
        MetricsResource.class);
  }
}
