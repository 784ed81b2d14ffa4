package dev.kagami.cli.vectors;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Has an agent do what its operator wants, over its admin REST. Thread-safe. */
public final class AgentSwitch implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * Returns when the agent has answered that it is in this mode now.
   *
   * @param url of the agent's HTTP port
   * @throws CommandFailure if the agent cannot be reached or does not do it
   */
  public void set(String url, AgentMode mode) throws InterruptedException {
    requireNonNull(mode, "mode");
    var body = "{\"readOnly\": " + (mode == AgentMode.READ_ONLY) + "}";
    var _ =
        send(
            HttpRequest.newBuilder(URI.create(url + "/admin/v1/read-only"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build());
  }

  /**
   * Returns when the agent has backed itself up.
   *
   * @param url of the agent's HTTP port
   * @return the agent's answer, JSON with the folder of the backup
   * @throws CommandFailure if the agent cannot be reached or does not do it
   */
  String backUp(String url) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/admin/v1/backup"))
            .timeout(LONG_PATIENCE)
            .POST(BodyPublishers.noBody())
            .build());
  }

  private String send(HttpRequest request) throws InterruptedException {
    var url = request.uri().resolve("/");
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new CommandFailure(
            "The agent at " + url + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new CommandFailure("The agent at " + url + " cannot be reached: " + e, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
