package dev.kagami.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some sites of their own, started by {@code ./kagami up} and ended by {@code down}. Sites are
 * numbered from 0; {@link #A} and {@link #B} are the first two.
 */
final class Sites implements AutoCloseable {
  static final int A = 0;
  static final int B = 1;

  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration SOON = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> up;
  private final Map<String, String> environment;
  private final Path data;
  private final int basePort;

  private Sites(Path data, int basePort, Map<String, String> environment, List<String> options) {
    this.data = data;
    this.environment = environment;
    this.basePort = basePort;
    this.up = new ArrayList<>(List.of("up", "--detach", "--data", data.toString()));
    this.up.addAll(List.of("--base-port", Integer.toString(basePort)));
    this.up.addAll(options);
  }

  /** Starts sites with their data in {@code data} and waits until every mesh link is connected. */
  static Sites start(Path data, int basePort, String... options) {
    return start(data, basePort, Map.of(), options);
  }

  /** Starts them with settings in the environment. */
  static Sites start(Path data, int basePort, Map<String, String> environment, String... options) {
    var sites = new Sites(data, basePort, environment, List.of(options));
    sites.startMissing();
    return sites;
  }

  /** Starts what does not run, with its data, and waits until every mesh link is connected. */
  void startMissing() {
    startAgain();
    awaitConnected();
  }

  /** Waits until every mesh link is connected. */
  void awaitConnected() {
    for (int site = 0; site < count(); site++) {
      awaitConnected(site);
    }
  }

  /** Starts what does not run, with its data. */
  void startAgain() {
    var result = Launcher.run(START, environment, up);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  int count() {
    return status().getFieldsOrThrow("sites").getListValue().getValuesCount();
  }

  int mirrorPort(int site) {
    return basePort + 100 * site + 1;
  }

  int gatewayPort(int site) {
    return basePort + 100 * site + 2;
  }

  int agentPort(int site, int agent) {
    return basePort + 100 * site + 10 + agent;
  }

  int httpPort(int site) {
    return basePort + 100 * site;
  }

  int agentHttpPort(int site, int agent) {
    return basePort + 100 * site + 30 + agent;
  }

  ValdClient mirror(int site) {
    return new ValdClient(mirrorPort(site));
  }

  /** Makes all agents of a site take no writes, or take them again. */
  void setReadOnly(int site, boolean readOnly) {
    var command = readOnly ? "read-only" : "writable";
    var name = String.valueOf((char) ('A' + site));
    var result = Launcher.run(SOON, "agent", command, "--site", name, "--data", data.toString());
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  /** Sends a signal, such as KILL, STOP or CONT, to all processes of a site. */
  void signal(int site, String signal) {
    signal(processes(site), signal);
  }

  /** Sends a signal at once to processes that were looked up before. */
  void signal(List<String> processes, String signal) {
    for (var pid : processes) {
      Launcher.mustRun(data, "kill", "-" + signal, pid);
    }
    if (signal.equals("KILL")) {
      for (var pid : processes) {
        Eventually.waitUntil(
            "process " + pid + " is gone",
            SOON,
            () -> ProcessHandle.of(Long.parseLong(pid)).map(p -> !p.isAlive()).orElse(true));
      }
    }
  }

  /** The process numbers of a site. */
  List<String> processes(int site) {
    var processes =
        status()
            .getFieldsOrThrow("sites")
            .getListValue()
            .getValues(site)
            .getStructValue()
            .getFieldsOrThrow("processes")
            .getListValue();
    return processes.getValuesList().stream()
        .map(process -> process.getStructValue().getFieldsOrThrow("pid"))
        .map(pid -> Long.toString((long) pid.getNumberValue()))
        .toList();
  }

  private Struct status() {
    var result = Launcher.run(SOON, "status", "-o", "json", "--data", data.toString());
    assertThat(result.exitCode()).as(result.output()).isZero();
    return struct(result.output());
  }

  /** Waits until all targets that concern writes at {@code site} are connected, as all others. */
  void awaitConnected(int site) {
    int others = count() - 1;
    Eventually.waitUntil(
        "site " + site + " is connected to " + others + " targets",
        SOON,
        () -> {
          var wanted = wantedTargets(site);
          return wanted.size() >= others
              && wanted.stream().allMatch(target -> text(target, "phase").equals("CONNECTED"));
        },
        () -> get(admin(site, "targets")) + "\n" + get(admin(site, "site")));
  }

  /** Makes one site reach another by one port instead of another. */
  void reach(int from, int to, int port, int insteadOf) {
    var targets = admin(from, "targets");
    assertThat(delete(targets + "/127.0.0.1:" + insteadOf).statusCode()).isBetween(200, 204);
    assertThat(post(targets, "{\"host\":\"127.0.0.1\",\"port\":" + port + "}").statusCode())
        .isBetween(200, 204);
    awaitConnected(from);
    awaitConnected(to);
  }

  /** What a site tells of a comparison with another, when that has ended. */
  Struct compare(int site, int other) {
    var uri = admin(site, "targets/" + (char) ('A' + other) + "/verify");
    assertThat(post(uri, "{}").statusCode()).isEqualTo(200);
    Eventually.waitUntil(
        uri + " has ended", SOON, () -> !text(struct(get(uri)), "state").equals("RUNNING"));
    return struct(get(uri));
  }

  private String admin(int site, String resource) {
    return "http://127.0.0.1:" + httpPort(site) + "/admin/v1/" + resource;
  }

  private List<Struct> wantedTargets(int site) {
    var body = get(admin(site, "targets"));
    return struct("{\"targets\":" + body + "}")
        .getFieldsOrThrow("targets")
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStructValue)
        .filter(target -> text(target, "standing").equals("MEMBER"))
        .toList();
  }

  private static String text(Struct struct, String field) {
    return struct.getFieldsOrThrow(field).getStringValue();
  }

  String get(String uri) {
    return send(HttpRequest.newBuilder(URI.create(uri)).GET().build()).body();
  }

  HttpResponse<String> post(String uri, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  HttpResponse<String> delete(String uri) {
    return send(HttpRequest.newBuilder(URI.create(uri)).DELETE().build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + request, stop);
    }
  }

  private static Struct struct(String json) {
    try {
      var struct = Struct.newBuilder();
      JsonFormat.parser().merge(json, struct);
      return struct.build();
    } catch (InvalidProtocolBufferException failure) {
      throw new AssertionError("no JSON: " + json, failure);
    }
  }

  @Override
  public void close() {
    var result = Launcher.run(START, "down", "--data", data.toString());
    http.close();
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
