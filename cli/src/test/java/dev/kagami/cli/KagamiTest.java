package dev.kagami.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "help up", "up --help"})
  void help_isNoMistake(String line) {
    assertThat(run(line.split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Usage: kagami");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upp", "--sites 2", "up --site 2", "up --sites", "up --sites x", "up x"})
  void unknownWord_isAMistakeThatShowsWhatIsKnown(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString())
        .containsAnyOf("Usage: kagami", "Did you mean", "Possible solutions: --sites");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "up, --sites, 0, 1 to 26",
    "up, --agents, 21, 1 to 20",
    "up, --replicas, 3, 1 to 2",
    "up, --dimension, 1, 2 to 65536",
    "up, --metric, sparsejaccard, one of l1",
    "up, --base-port, 80, 1024 to 65385",
    "up, --heap, 1k, 128m or more",
    "up, --timeout, 0, 1 to 86400",
    "logs, --lines, -1, 0 to 1000000",
    "search --id x, --num, 0, 1 to 100000",
    "demo, --base-port, 65536, 1024 to 65385",
  })
  void valueOutsideItsRange_isToldWithOptionRangeAndValue(
      String command, String option, String value, String range) {
    var data = folder.resolve("data");
    var line = command + " " + option + " " + value + " --data " + data;

    assertThat(run(line.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString())
        .contains("kagami: " + option + " must be " + range)
        .contains("not " + value + ".")
        .contains("./kagami " + command.split(" ", -1)[0] + " --help");
    assertThat(data).doesNotExist();
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
