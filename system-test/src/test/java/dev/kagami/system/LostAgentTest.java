package dev.kagami.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three agents fails under load, each vector being on two of them: nothing that was
 * acknowledged is lost, nothing removed comes back, and no call fails but those under way.
 */
class LostAgentTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int COPIES = 2;
  private static final int SOME = 200;

  @TempDir private static Path folder;

  private static BareSite site;
  private static int seed;

  @BeforeAll
  static void start() {
    site = new BareSite(folder, 22_900, 3, COPIES);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void agentIsKilled_comesBackWithItsDisk() throws Exception {
    try (var load = new CheckedLoad(site, seed++)) {
      load.awaitCalls(SOME);

      load.disturb(() -> site.kill(1));
      load.awaitCalls(SOME);
      site.startAgent(1);
      load.awaitCalls(SOME);

      assertNothingIsLost(load, 1);
    }
  }

  @Test
  void agentHangs_goesOnLater() throws Exception {
    try (var load = new CheckedLoad(site, seed++)) {
      load.awaitCalls(SOME);

      load.disturb(() -> site.signal(2, "STOP"));
      load.awaitCalls(SOME);
      site.signal(2, "CONT");
      load.awaitCalls(SOME);

      assertNothingIsLost(load, 2);
    }
  }

  @Test
  void agentIsReplacedByAnEmptyOne_getsItsCopiesAgain() throws Exception {
    try (var load = new CheckedLoad(site, seed++)) {
      load.awaitCalls(SOME);

      load.disturb(() -> site.kill(3));
      remove(site.data(3));
      site.startAgent(3);
      load.awaitCalls(SOME);

      assertNothingIsLost(load, 3);
    }
  }

  @Test
  void agentComesBackWithAnOldDisk_isBroughtUpToDate() throws Exception {
    try (var load = new CheckedLoad(site, seed++)) {
      load.awaitCalls(SOME);
      load.disturb(() -> site.kill(1));
      var old = folder.resolve("old");
      copy(site.data(1), old);
      site.startAgent(1);
      load.awaitCalls(2 * SOME);

      load.disturb(() -> site.kill(1));
      remove(site.data(1));
      Files.move(old, site.data(1));
      site.startAgent(1);
      load.awaitCalls(SOME);

      assertNothingIsLost(load, 1);
    }
  }

  private static void assertNothingIsLost(CheckedLoad load, int disturbed)
      throws InterruptedException {
    var expected = load.stop();
    assertThat(load.faults()).as(site.printed()).isEmpty();
    if (others(disturbed).noneMatch(LostAgentTest::wasSlow)) {
      assertThat(load.unexplained()).as(site.printed()).isEmpty();
    }
    try (var gateway = site.gateway()) {
      Eventually.waitUntil("the gateway answers", SOON, gateway::answers, site::printed);
      expected.forEach(
          (id, vector) -> assertThat(CheckedLoad.isSame(vector, gateway.get(id))).as(id).isTrue());
    }
    Eventually.waitUntil(
        "each vector is at two agents or more, and nothing else is anywhere",
        SOON,
        () ->
            site.agents().stream().allMatch(site::answers)
                && expected.entrySet().stream().allMatch(LostAgentTest::isAtEnoughAgents),
        site::printed);
  }

  /** What the gateway has said of the agents that nobody has touched. */
  private static Stream<String> others(int disturbed) {
    return site.printedByGateway().stream()
        .filter(line -> line.startsWith("agent-") && !line.startsWith("agent-" + disturbed));
  }

  /** On a machine that keeps a sound agent waiting for seconds, calls may be refused. */
  private static boolean wasSlow(String line) {
    return line.contains("SILENT") && line.contains("no answer");
  }

  private static boolean isAtEnoughAgents(Map.Entry<String, Optional<float[]>> expected) {
    int same = 0;
    for (int number : site.agents()) {
      try (var agent = site.agent(number)) {
        var found = agent.get(expected.getKey());
        if (CheckedLoad.isSame(expected.getValue(), found)) {
          same++;
        } else if (found.isPresent()) {
          return false;
        }
      }
    }
    return same >= COPIES;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
