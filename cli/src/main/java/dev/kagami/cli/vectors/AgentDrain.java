package dev.kagami.cli.vectors;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Has a gateway empty one of its agents, over its admin REST. Thread-safe. */
final class AgentDrain implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String agents;

  /**
   * @param gatewayUrl of the gateway's HTTP port
   */
  AgentDrain(String gatewayUrl) {
    this.agents = gatewayUrl + "/admin/v1/agents";
  }

  /**
   * Begins.
   *
   * @throws CommandFailure if the gateway cannot be reached or refuses, with its reason
   */
  void begin(String agent) throws InterruptedException {
    var _ = send(drain(agent).PUT(BodyPublishers.noBody()).build());
  }

  /** Takes it back: the agent stays. */
  void cancel(String agent) throws InterruptedException {
    var _ = send(drain(agent).DELETE().build());
  }

  /** Returns when everything that the agent holds is elsewhere as often as it shall be. */
  void awaitEnd(String agent) throws InterruptedException {
    while (!state(agent).equals("done")) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private String state(String agent) throws InterruptedException {
    var answer = send(HttpRequest.newBuilder(URI.create(agents)).timeout(PATIENCE).build());
    var list = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(answer.body(), list);
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure(agents + " answers no JSON: " + answer.body(), e);
    }
    return list
        .build()
        .getFieldsOrDefault("agents", Value.getDefaultInstance())
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStructValue)
        .filter(one -> text(one, "name").equals(agent))
        .map(one -> text(one, "drain"))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("The gateway knows no agent " + agent + "."));
  }

  private static String text(Struct struct, String field) {
    return struct.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }

  private HttpRequest.Builder drain(String agent) {
    return HttpRequest.newBuilder(URI.create(agents + "/" + agent + "/drain")).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new CommandFailure(
            request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new CommandFailure("The gateway at " + request.uri() + " cannot be reached: " + e, e);
    }
  }

  /** Without waiting: after an answer without a body, {@link HttpClient#close} might not end. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
