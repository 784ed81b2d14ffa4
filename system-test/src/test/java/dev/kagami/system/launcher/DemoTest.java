package dev.kagami.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour that the launcher gives of two sites; what it shows is checked by itself. */
class DemoTest {
  @TempDir private Path data;

  @AfterEach
  void stopWhatIsLeft() {
    LauncherRun.toItsEnd("down", "--data", data.toString());
  }

  @Test
  void demo_tellsWhatItCheckedAndLeavesNothingBehind() {
    var demo =
        LauncherRun.toItsEnd("demo", "--exit", "--data", data.toString(), "--base-port", "23800");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .containsSubsequence(
            "1/6  Two sites, A and B, find each other.",
            "2/6  What is loaded at A is stored at both sites.",
            "3/6  B finds the neighbors of a word it has from A.",
            "1  coffee",
            "4/6  A write that B refuses happens nowhere.",
            "answers UNAVAILABLE",
            "5/6  When B takes writes again, they reach both sites.",
            "6/6  In the end both sites hold the same, bit for bit.",
            "All of it was checked.");
    assertThat(Residents.of(data)).isEmpty();
  }
}
