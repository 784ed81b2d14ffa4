package dev.kagami.mirror.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A seed is the same run wherever it takes place. What could make it another one is the order in
 * which {@code Set.copyOf} and its like go through what they hold, which each JVM draws anew; so
 * several are asked.
 */
class ReproductionTest {
  private static final int JVMS = 4;

  @Test
  void sameSeeds_areTheSameRunsInEveryJvm() throws IOException, InterruptedException {
    var running = new ArrayList<Process>();
    for (int jvm = 0; jvm < JVMS; jvm++) {
      running.add(start("--seed", "3", "--runs", "2", "--writes", "600", "--faults", "12"));
    }

    var told = new HashSet<String>();
    for (var process : running) {
      told.add(new String(process.getInputStream().readAllBytes(), US_ASCII));
      assertThat(process.waitFor()).isZero();
    }

    assertThat(told).hasSize(1).allMatch(lines -> lines.startsWith("seed 3: every law holds"));
  }

  private static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Simulate.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
