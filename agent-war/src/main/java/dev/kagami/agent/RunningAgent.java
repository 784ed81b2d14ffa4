package dev.kagami.agent;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.VectorStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The agent of this application. It starts in an observer, since the server's log shows what an
 * observer throws, such as a bad setting, but hides what a bean's construction does. It ends after
 * everything that has asked it.
 */
@ApplicationScoped
public class RunningAgent {
  /** Before the doors are opened. */
  static final int FIRST = 100;

  // Set once, by start.
  private volatile Optional<Agent> agent = Optional.empty();

  @AtTheRim("gives the agent its clock")
  void start(@Observes @Priority(FIRST) Startup event) {
    var config = ConfigProvider.getConfig();
    var configuration =
        AgentConfiguration.from(name -> config.getOptionalValue(name, String.class));
    agent = Optional.of(new Agent(configuration, InstantSource.system()));
  }

  Agent agent() {
    return agent.orElseThrow(() -> new IllegalStateException("the agent has not started"));
  }

  @Produces
  @Singleton
  VectorStore store() {
    return agent().store();
  }

  @PreDestroy
  void close() {
    agent.ifPresent(Agent::close);
  }
}
