package dev.kagami.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KagamiTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_listsEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("up", "down", "status", "logs", "test [--long]");
  }

  @Test
  void version_isThatOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("kagami \\d+\\.\\d+\\S*\\s+");
  }

  @Test
  void noCommand_isAMistakeThatShowsTheCommands() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Which command?", "Usage: kagami");
  }

  @Test
  void failureOfACommand_isOneSentenceAndExitCodeOne() {
    assertThat(run("status", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "kagami: There is no cluster in "
                + folder
                + ": ./kagami up makes one there."
                + System.lineSeparator());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void downWithoutACluster_leavesNothingBehind() {
    assertThat(run("down", "--data", folder.resolve("x").toString())).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  private int run(String... arguments) {
    var line = Kagami.commandLine(new Installation(folder, folder, folder, folder));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
