package dev.kagami.cli.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir private Path folder;
  private Process process;
  private PidFile record;

  @BeforeEach
  void recordProcess() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
    record = new PidFile(folder.resolve("run").resolve("one.pid"));
    record.write(process.toHandle());
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void runningProcess_isFound() throws IOException {
    assertThat(record.process()).contains(process.toHandle());
  }

  @Test
  void interruptedThread_recordsAllTheSame() throws IOException {
    record.delete();

    Thread.currentThread().interrupt();
    record.write(process.toHandle());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(record.process()).contains(process.toHandle());
  }

  @Test
  void endedProcess_isNotFound() throws Exception {
    process.destroyForcibly();
    process.waitFor();

    assertThat(record.process()).isEmpty();
  }

  @Test
  void processWithAnotherStartTime_isNotOurs() throws IOException {
    var started = process.info().startInstant().orElseThrow();

    Files.writeString(record.file(), process.pid() + " " + started.minusSeconds(3).toEpochMilli());

    assertThat(record.process()).isEmpty();
  }

  @Test
  void recordCutShort_isNoProcess() throws IOException {
    Files.writeString(record.file(), String.valueOf(process.pid()));

    assertThat(record.process()).isEmpty();
  }

  @Test
  void recordThatIsNoRecord_isReported() throws IOException {
    Files.writeString(record.file(), "what is this");
    assertThat(record.process()).isEmpty();

    Files.writeString(record.file(), "what this");
    assertThatThrownBy(record::process)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one.pid is damaged");
  }

  @Test
  void deletedRecord_isNoProcess() throws IOException {
    record.delete();

    assertThat(record.process()).isEmpty();
    assertThat(record.exists()).isFalse();
  }
}
