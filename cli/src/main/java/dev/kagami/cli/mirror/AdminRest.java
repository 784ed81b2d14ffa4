package dev.kagami.cli.mirror;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The admin REST of one mirror. Thread-safe. */
final class AdminRest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String root;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param url of the mirror's HTTP port, without a slash at its end
   */
  AdminRest(String url) {
    this.root = url + "/admin/v1/";
  }

  Value get(String path) throws InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Tells it to do something. */
  Value post(String path, Struct body) throws InterruptedException {
    return send("POST", path, BodyPublishers.ofString(AnswerJson.text(body)));
  }

  Value delete(String path) throws InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /**
   * @return its answer; null of JSON if there is none
   * @throws CommandFailure with what it says if it refuses, or if it cannot be reached
   */
  private Value send(String method, String path, BodyPublisher body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      var json = answer.body().isBlank() ? Value.getDefaultInstance() : parse(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new CommandFailure(detail(json, answer.statusCode()));
      }
      return json;
    } catch (IOException e) {
      throw new CommandFailure("The mirror at " + root + " cannot be reached: " + e, e);
    }
  }

  private static Value parse(String body) throws InvalidProtocolBufferException {
    var json = Value.newBuilder();
    JsonFormat.parser().merge(body, json);
    return json.build();
  }

  private static String detail(Value problem, int status) {
    var members = problem.getStructValue().getFieldsMap();
    return members.containsKey("detail")
        ? "The mirror answers " + status + ": " + members.get("detail").getStringValue()
        : "The mirror answers " + status + ".";
  }

  @Override
  public void close() {
    http.close();
  }
}
