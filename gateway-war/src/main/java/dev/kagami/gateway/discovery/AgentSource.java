package dev.kagami.gateway.discovery;

import java.util.List;
import java.util.function.Consumer;

/**
 * Looks for agents. Life cycle: made, started once, closed once. Its calls to the watcher do not
 * overlap.
 */
public interface AgentSource extends AutoCloseable {

  /**
   * Begins to look.
   *
   * @param watcher is told of all agents that are there, the preferred ones first, at least
   *     whenever that changes; of nothing as long as looking fails
   */
  void start(Consumer<List<Sighting>> watcher);

  @Override
  void close();
}
