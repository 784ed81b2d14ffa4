package dev.kagami.gateway.discovery;

import java.util.List;
import java.util.function.Consumer;

/** Agents that never come or go: those of the configuration. */
final class ListedAgents implements AgentSource {
  private final List<Sighting> agents;

  ListedAgents(List<Sighting> agents) {
    this.agents = List.copyOf(agents);
  }

  @Override
  public void start(Consumer<List<Sighting>> watcher) {
    watcher.accept(agents);
  }

  @Override
  public void close() {
    // nothing runs
  }
}
