package dev.kagami.cli.admin;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The admin REST of one server. Every call returns what the server answers, without a body an empty
 * text, and throws a {@link CommandFailure} with the server's reason if it refuses, or if it cannot
 * be reached. Thread-safe.
 */
public final class AdminRest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String server;
  private final String root;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param role what failures call it, such as "mirror"
   * @param url of its HTTP port, without a slash at its end
   */
  public AdminRest(String role, String url) {
    this.server = "The " + role + " at " + url;
    this.root = url + "/admin/v1/";
  }

  public String get(String path) throws InterruptedException {
    return send("GET", path, "", PATIENCE);
  }

  public String delete(String path) throws InterruptedException {
    return send("DELETE", path, "", PATIENCE);
  }

  /**
   * Sets something.
   *
   * @param body JSON, or empty
   */
  public String put(String path, String body) throws InterruptedException {
    return send("PUT", path, body, PATIENCE);
  }

  /**
   * Has the server do something.
   *
   * @param body JSON, or empty
   */
  public String post(String path, String body) throws InterruptedException {
    return post(path, body, PATIENCE);
  }

  /** The same, for what may take some time. */
  public String post(String path, String body, Duration patience) throws InterruptedException {
    return send("POST", path, body, patience);
  }

  /** The same as {@link #get}, as JSON. */
  public Value json(String path) throws InterruptedException {
    return parsed(get(path));
  }

  /**
   * What an answer says; the null of JSON if it is empty.
   *
   * @throws CommandFailure if it is not JSON
   */
  public Value parsed(String answer) {
    try {
      return answer.isBlank() ? Value.getDefaultInstance() : parse(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure(server + " answers no JSON: " + answer, e);
    }
  }

  private static Value parse(String json) throws InvalidProtocolBufferException {
    var value = Value.newBuilder();
    JsonFormat.parser().merge(json, value);
    return value.build();
  }

  private String send(String method, String path, String body, Duration patience)
      throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(patience);
    if (body.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(body));
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new CommandFailure(
            server + " answers " + answer.statusCode() + ": " + reason(answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new CommandFailure(server + " cannot be reached: " + e, e);
    }
  }

  /** The detail of problem details (RFC 9457), or all of it if it is none. */
  private static String reason(String body) {
    try {
      var detail = parse(body).getStructValue().getFieldsMap().get("detail");
      return detail == null ? body : detail.getStringValue();
    } catch (InvalidProtocolBufferException text) {
      return body;
    }
  }

  /** Without waiting: after an answer without a body, {@link HttpClient#close} might not end. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
