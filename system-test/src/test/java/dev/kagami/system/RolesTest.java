package dev.kagami.system;

import static dev.kagami.system.Sites.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;

/** One site with a server for each role: every role answers every client in the same way. */
class RolesTest {
  private static final List<Float> GOOD = List.of(1f, 2f, 3f);

  @TempDir private static Path data;

  private static Sites sites;
  private static Map<String, Integer> ports;

  @BeforeAll
  static void startOneServerPerRole() {
    sites =
        Sites.start(
            data,
            22000,
            "--processes",
            "--sites",
            "1",
            "--agents",
            "1",
            "--replicas",
            "1",
            "--dimension",
            "3",
            "--metric",
            "cosine");
    ports =
        new TreeMap<>(
            Map.of(
                "agent", sites.agentPort(A, 1),
                "gateway", sites.gatewayPort(A),
                "mirror", sites.mirrorPort(A)));
  }

  @AfterAll
  static void stopThem() {
    if (sites != null) {
      sites.close();
    }
  }

  static Stream<Arguments> badVectors() {
    return everyRole(
        Map.of(
            "NaN", List.of(1f, Float.NaN, 3f),
            "infinity", List.of(1f, 2f, Float.NEGATIVE_INFINITY),
            "no components", List.of(),
            "one component", List.of(1f),
            "too few", List.of(1f, 2f),
            "too many", List.of(1f, 2f, 3f, 4f),
            "zero, which has no direction", List.of(0f, -0f, 0f)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badVectors")
  void badVector_isRefused(String role, String what, List<Float> vector) {
    try (var client = new ValdClient(ports.get(role))) {
      assertThat(client.insertCode(insert("bad", vector))).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(client.searchCode(search(vector, config -> config.setNum(1))))
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(client.get("bad")).isEmpty();
    }
  }

  static Stream<Arguments> badIds() {
    return everyRole(Map.of("empty", "", "513 bytes", "é".repeat(256) + "x"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badIds")
  void badId_isRefused(String role, String what, String id) {
    try (var client = new ValdClient(ports.get(role))) {
      assertThat(client.insertCode(insert(id, GOOD))).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  static Stream<Arguments> oddIds() {
    return everyRole(
        Map.of(
            "NUL", "a\0b",
            "newline", "a\nb",
            "path", "../../etc/passwd",
            "right to left", "\u202Eabc\u05D0",
            "emoji", "☕\uD83D\uDC69\u200D\uD83D\uDE80",
            "512 bytes", "é".repeat(256)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("oddIds")
  void oddId_roundTripsExactly(String role, String what, String text) {
    var id = text.length() < 200 ? role + text : text;
    try (var client = new ValdClient(ports.get(role))) {
      assertThat(client.insertCode(insert(id, List.of(-0f, Float.MIN_VALUE, 1f))))
          .isIn(Code.OK, Code.ALREADY_EXISTS);
      assertThat(client.get(id).orElseThrow().getId()).isEqualTo(id);
      assertThat(client.get(id).orElseThrow().getVectorList())
          .containsExactly(-0f, Float.MIN_VALUE, 1f);
    }
  }

  static Stream<Arguments> badSearches() {
    return everyRole(
        Map.of(
            "num 0", config(c -> c.setNum(0)),
            "epsilon NaN", config(c -> c.setNum(1).setEpsilon(Float.NaN)),
            "radius NaN", config(c -> c.setNum(1).setRadius(Float.NaN))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badSearches")
  void badSearch_isRefused(String role, String what, UnaryOperator<Search.Config.Builder> config) {
    try (var client = new ValdClient(ports.get(role))) {
      assertThat(client.searchCode(search(GOOD, config))).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "gateway", "mirror"})
  void hugeNum_isClamped(String role) {
    try (var client = new ValdClient(ports.get(role))) {
      assertThat(client.insertCode(insert("some", GOOD))).isIn(Code.OK, Code.ALREADY_EXISTS);
      assertThat(client.searchCode(search(GOOD, c -> c.setNum(-1).setEdgeSize(Integer.MAX_VALUE))))
          .isEqualTo(Code.OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "gateway", "mirror"})
  void badTimestamp_isRefused(String role) {
    try (var client = new ValdClient(ports.get(role))) {
      for (long timestamp : new long[] {-1, Long.MAX_VALUE}) {
        var request = insert("timed", GOOD).toBuilder();
        request.getVectorBuilder().setTimestamp(timestamp);
        assertThat(client.insertCode(request.build())).isEqualTo(Code.INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void publishedNodeClient_worksThroughTheMirror(@TempDir Path folder) throws IOException {
    var story = Launcher.root().resolve("system-test/src/test/node");
    for (var file : List.of("package.json", "package-lock.json", "vald-client.js")) {
      Files.copy(story.resolve(file), folder.resolve(file));
    }
    Launcher.mustRun(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

    var output =
        Launcher.mustRun(folder, "node", "vald-client.js", "127.0.0.1:" + sites.mirrorPort(A), "3");

    assertThat(output).contains("content");
  }

  private static UnaryOperator<Search.Config.Builder> config(
      UnaryOperator<Search.Config.Builder> change) {
    return change;
  }

  private static Stream<Arguments> everyRole(Map<String, ?> rows) {
    return Stream.of("agent", "gateway", "mirror")
        .flatMap(role ->
            new TreeMap<>(rows)
                .entrySet().stream().map(row -> Arguments.of(role, row.getKey(), row.getValue())));
  }

  private static Insert.Request insert(String id, List<Float> vector) {
    return Insert.Request.newBuilder()
        .setVector(Object.Vector.newBuilder().setId(id).addAllVector(vector))
        .build();
  }

  private static Search.Request search(
      List<Float> vector, UnaryOperator<Search.Config.Builder> config) {
    return Search.Request.newBuilder()
        .addAllVector(vector)
        .setConfig(config.apply(Search.Config.newBuilder()))
        .build();
  }
}
