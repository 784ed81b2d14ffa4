package dev.kagami.cli.liberty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The number of a server's process as Liberty's script notes it. It is no more than a number, which
 * the system may have given to another process since; so the process must also look like the server
 * and be no younger than the note.
 */
record LibertyPidFile(Path file, String server) {

  /** Between what a file system and the process table call the same moment. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** The process, if it runs. */
  Optional<ProcessHandle> process() throws IOException {
    try {
      var noted = Files.getLastModifiedTime(file).toInstant().plus(TOLERANCE);
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .filter(PidFile::isRunning)
          .filter(process -> isServer(process, server))
          .filter(process -> process.info().startInstant().map(noted::isAfter).orElse(false));
    } catch (NoSuchFileException stopped) {
      return Optional.empty();
    } catch (NumberFormatException cutShort) {
      return Optional.empty();
    }
  }

  /** Whether it is the server itself, not the second JVM of the script that waits for it. */
  static boolean isServer(ProcessHandle process, String server) {
    var arguments = process.info().arguments().orElse(new String[0]);
    return arguments.length > 1
        && arguments[arguments.length - 1].equals(server)
        && arguments[arguments.length - 2].endsWith("ws-server.jar");
  }
}
