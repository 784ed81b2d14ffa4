package dev.kagami.cli.demo;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.vectors.AgentMode;
import dev.kagami.cli.vectors.AgentSwitch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A site as its operator sees it: the admin REST of its mirror and its agents. */
final class SiteAdmin implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Duration patience;
  private final String mirrorUrl;
  private final List<String> agentUrls;
  private final AgentSwitch agents = new AgentSwitch();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

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
    this.mirrorUrl = mirrorUrl;
    this.agentUrls = List.copyOf(agentUrls);
  }

  /** Makes all agents of the site refuse writes, or take them again. */
  void setMode(AgentMode mode) throws InterruptedException {
    for (var url : agentUrls) {
      agents.set(url, mode);
    }
  }

  /** Whether the site knows this many targets within half a minute, all of them connected. */
  boolean becomesConnectedTo(int targets) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!isConnectedTo(targets)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
    return true;
  }

  private boolean isConnectedTo(int targets) throws IOException, InterruptedException {
    var phases = phases();
    return phases.size() == targets && phases.stream().allMatch("connected"::equalsIgnoreCase);
  }

  private List<String> phases() throws IOException, InterruptedException {
    var address = URI.create(mirrorUrl + "/admin/v1/targets");
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new CommandFailure(address + " answers " + answer.statusCode() + ": " + answer.body());
    }
    var targets = ListValue.newBuilder();
    JsonFormat.parser().merge(answer.body(), targets);
    return targets.getValuesList().stream()
        .map(Value::getStructValue)
        .map(target -> target.getFieldsOrDefault("phase", Value.getDefaultInstance()))
        .map(Value::getStringValue)
        .toList();
  }

  @Override
  public void close() {
    agents.close();
    http.close();
  }
}
