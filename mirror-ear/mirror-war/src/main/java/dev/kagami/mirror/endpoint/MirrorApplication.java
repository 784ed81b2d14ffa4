package dev.kagami.mirror.endpoint;

import dev.kagami.transport.rest.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What the mirror offers over HTTP. */
@ApplicationPath("/")
public class MirrorApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        TargetsResource.class,
        SiteResource.class,
        WritesResource.class,
        ExplainResource.class,
        AuditLog.class,
        ValdResource.class,
        ProblemMapper.class);
  }
}
