package dev.kagami.cli.liberty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process on record: its number and when it started, because the system gives the number to
 * another process once ours has ended.
 */
record PidFile(Path file) {

  /** The system tells start times from its clock, which may be set a little between two looks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final String END_EXPECTED = "end-expected";

  /**
   * Also for a thread that is interrupted, as it is when a start is broken off: a file channel
   * would refuse to write then, and the process would run on unknown.
   */
  void write(ProcessHandle process) throws IOException {
    var started = process.info().startInstant().orElseThrow(() -> new IOException("no start time"));
    Files.createDirectories(file.getParent());
    var text = process.pid() + " " + started.toEpochMilli() + "\n";
    write(text, false);
  }

  /** Notes that the process shall end: when it does, that is no crash. Nothing if none is noted. */
  void expectEnd() throws IOException {
    if (exists()) {
      write(" " + END_EXPECTED + "\n", true);
    }
  }

  private void write(String text, boolean append) throws IOException {
    try (var out = new FileOutputStream(file.toFile(), append)) {
      out.write(text.getBytes(US_ASCII));
    }
  }

  /** The process, if it still runs and is the one that was recorded. */
  Optional<ProcessHandle> process() throws IOException {
    try {
      var fields = fields().filter(field -> !field.equals(END_EXPECTED)).toList();
      if (fields.size() != 2) {
        return Optional.empty(); // cut short while it was being written
      }
      var started = Instant.ofEpochMilli(Long.parseLong(fields.get(1)));
      return ProcessHandle.of(Long.parseLong(fields.get(0)))
          .filter(PidFile::isRunning)
          .filter(process -> startedAt(process, started));
    } catch (NoSuchFileException never) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Whether a process is on record, has ended, and nobody has told it to. */
  boolean tellsOfCrash() throws IOException {
    if (process().isPresent()) {
      return false;
    }
    try {
      return fields().noneMatch(END_EXPECTED::equals);
    } catch (NoSuchFileException stopped) {
      return false;
    }
  }

  private Stream<String> fields() throws IOException {
    return Stream.of(Files.readString(file).strip().split("\\s+", -1));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * False also for a process that has ended but that nobody has waited for, as in a container whose
   * first process is not an init: the JDK calls it alive, yet it has no program any more.
   */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static boolean startedAt(ProcessHandle process, Instant recorded) {
    return process
        .info()
        .startInstant()
        .map(started -> Duration.between(recorded, started).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }
}
