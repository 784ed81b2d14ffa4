package dev.kagami.cli.liberty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes; only Liberty itself is a stand-in. */
class LibertyServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private FakeLiberty liberty;
  private LibertyServer server;

  @BeforeEach
  void start() throws Exception {
    liberty = new FakeLiberty(folder);
    server = liberty.server("one", FakeServer.READY);
    server.launch(PATIENCE).await();
  }

  @AfterEach
  void stop() {
    LibertyServer.stop(List.of(server));
  }

  @Test
  void startedServer_isFoundByAnotherProgram() throws IOException {
    var seenFromElsewhere =
        new LibertyServer(
            liberty.installation(),
            liberty.folders().data(),
            FakeLiberty.definition("one", FakeServer.READY));

    assertThat(seenFromElsewhere.process()).isEqualTo(server.process()).isPresent();
  }

  @Test
  void stoppedServer_isGoneAndHasNotCrashed() {
    var process = server.process().orElseThrow();

    LibertyServer.stop(List.of(server));

    assertThat(PidFile.isRunning(process)).isFalse();
    assertThat(server.process()).isEmpty();
    assertThat(server.hasCrashed()).isFalse();
  }

  @Test
  void serverThatAnotherProgramIsStopping_hasNotCrashed() throws IOException {
    var process = server.process().orElseThrow();

    new PidFile(liberty.folders().pid("one")).expectEnd();

    assertThat(server.process()).contains(process);
    process.destroyForcibly();
    process.onExit().join();
    assertThat(server.process()).isEmpty();
    assertThat(server.hasCrashed()).isFalse();
  }

  @Test
  void killedServer_hasCrashedAndCanBeStartedAgain() throws Exception {
    var process = server.process().orElseThrow();

    process.destroyForcibly();
    process.onExit().join();

    assertThat(server.process()).isEmpty();
    assertThat(server.hasCrashed()).isTrue();
    server.launch(PATIENCE).await();
    assertThat(server.isReady()).isTrue();
  }

  @Test
  void numberThatAnotherProcessHasNow_isLeftAlone() throws Exception {
    var ours = server.process().orElseThrow();
    var stranger = new ProcessBuilder("sleep", "60").start();
    var record = liberty.folders().pid("one");
    var recorded = Files.readString(record);
    var startOfOurs = recorded.substring(recorded.indexOf(' ')).strip();
    var longAgo = Long.parseLong(startOfOurs) - 3_600_000;

    Files.writeString(record, stranger.pid() + " " + longAgo);
    LibertyServer.stop(List.of(server));

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroy();
    ours.destroy();
  }

  @Test
  void serverThatTheLauncherDidNotLiveToSee_isFoundAndStopped() throws IOException {
    var process = server.process().orElseThrow();

    Files.delete(liberty.folders().pid("one"));

    assertThat(server.process()).contains(process);
    LibertyServer.stop(List.of(server));
    assertThat(PidFile.isRunning(process)).isFalse();
  }

  @Test
  void numberThatLibertyNotedOfAProcessThatIsNoServer_isLeftAlone() throws IOException {
    var ours = server.process().orElseThrow();
    var stranger = new ProcessBuilder("sleep", "60").start();

    Files.delete(liberty.folders().pid("one"));
    Files.writeString(liberty.folders().libertyPid("one"), stranger.pid() + "\n");

    assertThat(server.process()).isEmpty();
    stranger.destroy();
    ours.destroy();
  }

  @Test
  void serverYoungerThanTheNote_isAnotherOne() throws IOException {
    var ours = server.process().orElseThrow();
    var note = liberty.folders().libertyPid("one");

    Files.delete(liberty.folders().pid("one"));
    Files.setLastModifiedTime(note, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));

    assertThat(server.process()).isEmpty();
    ours.destroy();
  }

  @Test
  void newBuild_doesNotReachTheApplicationsOfARunningServer() throws IOException {
    var built = liberty.installation().home().resolve("apps").resolve("some.war");

    var next = Files.writeString(built.resolveSibling("next"), "v2");
    Files.move(next, built, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(liberty.folders().applications("one").resolve("some.war")).hasContent("v1");
  }
}
