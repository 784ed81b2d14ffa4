package dev.kagami.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.system.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that cannot be, or are broken off: nothing of them runs afterwards. */
class RefusedStartTest {
  private static final String BASE_PORT = "23700";

  @TempDir private Path folder;

  /** Also after a failure: what a test could not end would disturb the next. */
  @AfterEach
  void endWhatIsLeft() {
    Residents.of(folder.resolve("data")).stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void takenPort_isNamedWithWhatItIsFor() throws IOException {
    var data = folder.resolve("data");
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 23711));

      var up = up(data);

      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.output())
          .isEqualToIgnoringNewLines(
              "kagami: Port 23711 (agent-1 gRPC of site A) is used by another program:"
                  + " stop it, or choose other ports with --base-port.");
    }
    assertThat(data.resolve("cluster.properties")).doesNotExist();
    assertThat(Residents.of(data)).isEmpty();
  }

  /** In the place of the directory, above it, in the place of a folder in it. */
  @ParameterizedTest
  @CsvSource({"data, data", "data, data/below", "data/A, data", "data/run, data", "data/wlp, data"})
  void fileInTheWay_isNamedAndLeftAlone(String file, String data) throws IOException {
    var inTheWay = folder.resolve(file);
    Files.createDirectories(inTheWay.getParent());
    Files.writeString(inTheWay, "precious");

    var up = up(folder.resolve(data));

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).contains("kagami: ", inTheWay.toString()).doesNotContain("\tat ");
    assertThat(inTheWay).hasContent("precious");
    assertThat(Residents.of(folder.resolve("data"))).isEmpty();
  }

  /** No one may make a folder there, not even root. */
  @Test
  void unwritableDirectory_isNamedWithTheOptionForAnother() {
    var up = up(Path.of("/proc/kagami"));

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output())
        .startsWith("kagami: Cannot write in the data directory /proc/kagami")
        .contains("--data");
  }

  @ParameterizedTest(name = "{0} while {1}")
  @CsvSource({
    "TERM, 143, the script begins",
    "INT, 130, the server is on record",
    "TERM, 143, the server writes its log"
  })
  void launcherThatIsEnded_takesAlongWhatItStarted(String signal, int exitCode, String moment) {
    var data = folder.resolve("data");
    try (var up = LauncherRun.begin(arguments(data))) {
      up.awaitOutput("A: starting ...");
      up.await(moment, () -> hasCome(moment, data));

      up.signal(signal);

      assertThat(up.exitCode()).as(up.output()).isEqualTo(exitCode);
      assertThat(up.output()).contains("Interrupted: stopping what was started ...");
    }
    // What the script had just called, such as uname, ends by itself an instant later.
    Eventually.waitUntil(
        "nothing of it runs", Duration.ofSeconds(10), () -> Residents.of(data).isEmpty());
    assertThat(data.resolve("run/A.pid")).doesNotExist();
  }

  private static boolean hasCome(String moment, Path data) {
    return switch (moment) {
      case "the script begins" -> !Residents.of(data).isEmpty();
      case "the server is on record" -> Files.exists(data.resolve("run/A.pid"));
      case "the server writes its log" -> Files.exists(data.resolve("out/A/logs/messages.log"));
      default -> throw new IllegalArgumentException(moment);
    };
  }

  private static LauncherRun up(Path data) {
    return LauncherRun.toItsEnd(arguments(data));
  }

  private static String[] arguments(Path data) {
    return new String[] {
      "up",
      "--detach",
      "--data",
      data.toString(),
      "--base-port",
      BASE_PORT,
      "--sites",
      "1",
      "--agents",
      "1",
      "--dimension",
      "3"
    };
  }
}
