package dev.kagami.cli.demo;

import com.google.protobuf.Value;
import dev.kagami.cli.admin.AdminRest;
import dev.kagami.cli.vectors.AgentMode;
import dev.kagami.cli.vectors.AgentSwitch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A site as its operator sees it: the admin REST of its mirror and its agents. */
final class SiteAdmin implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Duration patience;
  private final AdminRest mirror;
  private final List<AgentSwitch> agents;

  SiteAdmin(String mirrorUrl, List<String> agentUrls) {
    this(mirrorUrl, agentUrls, PATIENCE);
  }

  /**
   * The URLs are those of the HTTP ports, without a slash at their end.
   *
   * @param patience with a mesh that is not connected yet
   */
  SiteAdmin(String mirrorUrl, List<String> agentUrls, Duration patience) {
    this.patience = patience;
    this.mirror = new AdminRest("mirror", mirrorUrl);
    this.agents = agentUrls.stream().map(AgentSwitch::new).toList();
  }

  /** Makes all agents of the site refuse writes, or take them again. */
  void setMode(AgentMode mode) throws InterruptedException {
    for (var agent : agents) {
      agent.set(mode);
    }
  }

  /** Whether the site knows this many targets within half a minute, all of them connected. */
  boolean becomesConnectedTo(int targets) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!isConnectedTo(targets)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
    return true;
  }

  private boolean isConnectedTo(int targets) throws InterruptedException {
    var phases = phases();
    return phases.size() == targets && phases.stream().allMatch("connected"::equalsIgnoreCase);
  }

  private List<String> phases() throws InterruptedException {
    return mirror.json("targets").getListValue().getValuesList().stream()
        .map(Value::getStructValue)
        .map(target -> target.getFieldsOrDefault("phase", Value.getDefaultInstance()))
        .map(Value::getStringValue)
        .toList();
  }

  @Override
  public void close() {
    agents.forEach(AgentSwitch::close);
    mirror.close();
  }
}
