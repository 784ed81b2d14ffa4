package dev.kagami.cli.liberty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest {

  private static final String HEAD = "[11/21/26, 9:57:06:893 UTC] 00000003 com.ibm.Some   ";

  @TempDir private Path folder;
  private ServerLog log;

  @BeforeEach
  void open() {
    log = new ServerLog(folder.resolve("messages.log"));
  }

  @Test
  void missingLog_isEmpty() throws IOException {
    assertThat(log.last(10)).isEmpty();
    assertThat(log.faults()).isEmpty();
    assertThat(log.size()).isZero();
    assertThat(log.since(0)).isEmpty();
  }

  @Test
  void last_givesTheEnd() throws IOException {
    write("a\nb\nc\n");

    assertThat(log.last(2)).containsExactly("b", "c");
    assertThat(log.last(9)).containsExactly("a", "b", "c");
  }

  @Test
  void faults_areDifferentErrorsAndTheLastReasonForNotBeingReady() throws IOException {
    write(
        HEAD
            + "A CWWKE0001I: The server A has been launched.\n"
            + HEAD
            + "E CWWKO0221E: TCP/IP port 18080 is in use.\n"
            + HEAD
            + "E CWWKO0221E: TCP/IP port 18080 is in use.\n"
            + HEAD
            + "W CWWKZ0022W: Application mirror has not started in 30 s.\n"
            + HEAD
            + "W CWMMH0053W: The readiness health check waits for mirror.\n"
            + HEAD
            + "W CWMMH0052W: The mirror reported DOWN.\n"
            + "an E like any other\n");

    assertThat(log.faults())
        .containsExactly(
            "CWWKO0221E: TCP/IP port 18080 is in use.", "CWMMH0052W: The mirror reported DOWN.");
    assertThat(log.tellsOfFailedApplication()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E CWWKZ0002E: An exception occurred.",
        "E SRVE0283E: Exception caught while initializing context: java.lang.Error",
        "A CWWKZ0012I: Not started."
      })
  void failedApplication_isTold(String message) throws IOException {
    write(HEAD + message + "\n");

    assertThat(log.tellsOfFailedApplication()).isTrue();
    assertThat(log.faults()).containsExactly(message.substring(2));
  }

  @Test
  void since_givesWhatWasAddedAndAllOfANewLog() throws IOException {
    write("old\n");
    var position = log.size();
    write("old\nnew\n");

    assertThat(new String(log.since(position), UTF_8)).isEqualTo("new\n");

    write("b\n");
    assertThat(new String(log.since(position), UTF_8)).isEqualTo("b\n");
  }

  private void write(String text) throws IOException {
    Files.writeString(log.file(), text);
  }
}
