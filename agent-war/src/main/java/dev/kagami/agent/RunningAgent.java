package dev.kagami.agent;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.VectorStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.Config;

/** The agent of this application: begun when first asked for, closed when all else has ended. */
@ApplicationScoped
public class RunningAgent {
  private Agent agent;

  /** For CDI. */
  protected RunningAgent() {}

  @AtTheRim("gives the agent its clock")
  @Inject
  RunningAgent(Config config) {
    var configuration =
        AgentConfiguration.from(name -> config.getOptionalValue(name, String.class));
    this.agent = new Agent(configuration, InstantSource.system());
  }

  Agent agent() {
    return agent;
  }

  @Produces
  @Singleton
  VectorStore store() {
    return agent.store();
  }

  @PreDestroy
  void close() {
    agent.close();
  }
}
