package dev.kagami.cli.vectors;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.admin.AdminRest;
import java.time.Duration;

/** Has an agent do what its operator wants. Thread-safe. */
public final class AgentSwitch implements AutoCloseable {
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(30);

  private final AdminRest agent;

  /**
   * @param url of the agent's HTTP port
   */
  public AgentSwitch(String url) {
    this.agent = new AdminRest("agent", url);
  }

  /**
   * Returns when the agent has answered that it is in this mode now.
   *
   * @throws CommandFailure if the agent cannot be reached or does not do it
   */
  public void set(AgentMode mode) throws InterruptedException {
    requireNonNull(mode, "mode");
    var _ = agent.put("read-only", "{\"readOnly\": " + (mode == AgentMode.READ_ONLY) + "}");
  }

  /**
   * Returns when the agent has backed itself up.
   *
   * @return the agent's answer, JSON with the folder of the backup
   * @throws CommandFailure if the agent cannot be reached or does not do it
   */
  String backUp() throws InterruptedException {
    return agent.post("backup", "", LONG_PATIENCE);
  }

  @Override
  public void close() {
    agent.close();
  }
}
