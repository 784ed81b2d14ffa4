package dev.kagami.agent;

import dev.kagami.transport.rest.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What this application answers over HTTP. */
@ApplicationPath("/")
public class AgentApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(AdminResource.class, ValdResource.class, ProblemMapper.class);
  }
}
