package dev.kagami.system.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When {@code ./kagami} builds: the real script in a folder of its own, whose Maven only notes that
 * it was called and makes the files that a build makes.
 */
class BuildTest {
  private static final Path ROOT = Path.of(System.getProperty("kagami.root"));
  private static final List<String> MADE =
      List.of("cli/kagami.jar", "apps/agent.war", "apps/gateway.war", "apps/mirror.ear");

  @TempDir private Path folder;

  private Path source;

  @BeforeEach
  void makeFolder() throws IOException {
    source = folder.resolve("core/src/main/java/Vector.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class Vector {}");
    Files.copy(ROOT.resolve("kagami"), folder.resolve("kagami"));
    var maven = folder.resolve("mvnw");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        echo build >>builds
        [ ! -e broken ] || exit 1
        cd "$(dirname "$0")/.runtime" && mkdir -p dist/cli dist/apps
        for made in %s; do : >"dist/$made"; done
        """
            .formatted(String.join(" ", MADE)));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    writtenBefore(source);
  }

  @Test
  void secondStart_buildsNothing() {
    start();
    assertThat(builds()).isEqualTo(1);

    start();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void changedSource_isBuilt() throws IOException {
    start();

    Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(4_000_000_000L)));
    start();

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void missingProgram_isBuilt() throws IOException {
    start();

    Files.delete(folder.resolve(".runtime/dist/apps/mirror.ear"));
    start();

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void failedBuild_isTriedAgain() throws IOException {
    Files.createFile(folder.resolve("broken"));
    assertThat(start()).contains("kagami: the build failed");

    Files.delete(folder.resolve("broken"));
    start();

    assertThat(builds()).isEqualTo(2);
  }

  /** Of an age that no build can share. */
  private static void writtenBefore(Path file) throws IOException {
    var longAgo = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
    for (var at = file; !at.endsWith("core"); at = at.getParent()) {
      Files.setLastModifiedTime(at, longAgo);
    }
  }

  /** Starts the script, whose command then fails: what this build makes is empty. */
  private String start() {
    try {
      var command = new ArrayList<>(List.of(folder.resolve("kagami").toString(), "status"));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().remove("KAGAMI_BUILD");
      var process = builder.start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).isNotZero();
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stop);
    }
  }

  private int builds() {
    try {
      return Files.readAllLines(folder.resolve("builds")).size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
