package dev.kagami.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that runs, and what else is tried meanwhile: none of it may touch the site. */
class RunningSiteTest {
  @TempDir private static Path data;
  @TempDir private static Path otherData;

  private static long pid;

  @BeforeAll
  static void startOneSite() throws InvalidProtocolBufferException {
    var up = up(data, "23000", "--detach");
    assertThat(up.exitCode()).as(up.output()).isZero();
    pid = number(process(), "pid");
  }

  @AfterAll
  static void stopIt() {
    LauncherRun.toItsEnd("down", "--data", data.toString());
    LauncherRun.toItsEnd("down", "--data", otherData.toString());
  }

  @Test
  void status_tellsProgramsAddressesAndProcesses() throws Exception {
    var site = site();

    assertThat(site.getFieldsMap().keySet())
        .containsExactlyInAnyOrder(
            "name", "mirror", "gateway", "agents", "http", "processes", "stopped");
    assertThat(text(site, "name")).isEqualTo("A");
    assertThat(text(site, "mirror")).isEqualTo("127.0.0.1:23001");
    assertThat(text(site, "gateway")).isEqualTo("127.0.0.1:23002");
    assertThat(texts(site, "agents")).containsExactly("127.0.0.1:23011");
    assertThat(text(site, "http")).isEqualTo("http://127.0.0.1:23000");
    assertThat(texts(site, "stopped")).isEmpty();
  }

  @Test
  void process_isTheOneThatRuns() throws Exception {
    var process = process();

    assertThat(process.getFieldsMap().keySet())
        .containsExactlyInAnyOrder("pid", "roles", "server", "ready", "health", "grpc", "log");
    assertThat(Residents.of(data)).containsExactly(number(process, "pid"));
    assertThat(texts(process, "roles")).containsExactly("mirror", "gateway", "agent");
    assertThat(text(process, "server")).isEqualTo("A");
    assertThat(process.getFieldsOrThrow("ready").getBoolValue()).isTrue();
    assertThat(texts(process, "grpc"))
        .containsExactly("127.0.0.1:23001", "127.0.0.1:23002", "127.0.0.1:23011");
    assertThat(statusOf(text(process, "health"))).isEqualTo(200);
    assertThat(Path.of(text(process, "log"))).isNotEmptyFile();
  }

  @Test
  void secondStart_isRefusedAndChangesNothing() {
    var up = up(data, "23000", "--detach");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).startsWith("kagami: Everything in " + data).contains("./kagami down");
    assertThat(Residents.of(data)).containsExactly(pid);
  }

  @Test
  void startWithOtherSettings_isRefusedByTheirNames() {
    var up = up(data, "23000", "--detach", "--replicas", "1", "--sites", "2");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).contains("--sites is 1, not 2").doesNotContain("--replicas");
    assertThat(Residents.of(data)).containsExactly(pid);
  }

  @Test
  void clusterOnTheSamePorts_isRefusedByTheirNumbers(@TempDir Path third) {
    var up = up(third, "23000", "--detach");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output())
        .startsWith("kagami: Ports 23000 (mirror HTTP of site A), 23001 (mirror gRPC of site A),")
        .contains("23011 (agent-1 gRPC of site A)", "--base-port");
    assertThat(third.resolve("cluster.properties")).doesNotExist();
    assertThat(Residents.of(third)).isEmpty();
  }

  @Test
  void logs_areThoseOfTheServer() {
    var logs = LauncherRun.toItsEnd("logs", "A", "--lines", "5", "--data", data.toString());

    assertThat(logs.exitCode()).as(logs.output()).isZero();
    assertThat(logs.output().lines()).hasSize(6).first().asString().startsWith("== A: " + data);
  }

  /** The other comes in one start, and again with its data in another. */
  @Test
  void otherCluster_comesAndGoesWithoutThisOne() throws Exception {
    try (var first = beginUp(otherData, "23500")) {
      first.awaitOutput("Press Ctrl-C to stop.");
      assertThat(Residents.of(otherData)).hasSize(1).doesNotContain(pid);

      var down = LauncherRun.toItsEnd("down", "--data", otherData.toString());

      assertThat(down.exitCode()).isZero();
      assertThat(down.output()).isEqualToIgnoringNewLines("Stopped 1.");
      assertThat(first.exitCode()).as(first.output()).isZero();
      assertThat(first.output()).contains("All servers have ended.");
      assertThat(Residents.of(otherData)).isEmpty();
    }
    try (var second = LauncherRun.begin("up", "--data", otherData.toString())) {
      second.awaitOutput("Press Ctrl-C to stop.");
      second.signal("INT");

      assertThat(second.exitCode()).isEqualTo(130);
      assertThat(second.output()).endsWith("Stopped.\n");
      assertThat(Residents.of(otherData)).isEmpty();
    }
    assertThat(Residents.of(data)).containsExactly(pid);
    assertThat(process().getFieldsOrThrow("ready").getBoolValue()).isTrue();
  }

  private static LauncherRun up(Path folder, String basePort, String... more) {
    var run = beginUp(folder, basePort, more);
    run.exitCode();
    return run;
  }

  private static LauncherRun beginUp(Path folder, String basePort, String... more) {
    var arguments = new ArrayList<>(List.of("up", "--data", folder.toString(), "--agents", "1"));
    arguments.addAll(List.of("--base-port", basePort, "--dimension", "3"));
    if (!List.of(more).contains("--sites")) {
      arguments.addAll(List.of("--sites", "1"));
    }
    arguments.addAll(List.of(more));
    return LauncherRun.begin(arguments.toArray(String[]::new));
  }

  private static Struct process() throws InvalidProtocolBufferException {
    var processes = site().getFieldsOrThrow("processes").getListValue().getValuesList();
    assertThat(processes).hasSize(1);
    return processes.getFirst().getStructValue();
  }

  private static Struct site() throws InvalidProtocolBufferException {
    var status = LauncherRun.toItsEnd("status", "-o", "json", "--data", data.toString());
    assertThat(status.exitCode()).as(status.output()).isZero();
    var json = Struct.newBuilder();
    JsonFormat.parser().merge(status.output(), json);
    assertThat(json.getFieldsMap()).containsOnlyKeys("sites");
    var sites = json.getFieldsOrThrow("sites").getListValue().getValuesList();
    assertThat(sites).hasSize(1);
    return sites.getFirst().getStructValue();
  }

  private static String text(Struct struct, String field) {
    return struct.getFieldsOrThrow(field).getStringValue();
  }

  private static List<String> texts(Struct struct, String field) {
    return struct.getFieldsOrThrow(field).getListValue().getValuesList().stream()
        .map(Value::getStringValue)
        .toList();
  }

  private static long number(Struct struct, String field) {
    return (long) struct.getFieldsOrThrow(field).getNumberValue();
  }

  private static int statusOf(String uri) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(uri)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
