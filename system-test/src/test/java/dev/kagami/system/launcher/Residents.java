package dev.kagami.system.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processes that Liberty's script and its servers are for a data directory: found by their
 * environment, which no process can forget, as Linux shows it.
 */
final class Residents {
  private Residents() {}

  /** Their numbers; none if nothing runs there. */
  static List<Long> of(Path data) {
    var mark = "WLP_USER_DIR=" + data.toAbsolutePath().resolve("wlp");
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> environment(pid).contains(mark))
        .toList();
  }

  private static List<String> environment(long pid) {
    try {
      var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      return List.of(new String(bytes, UTF_8).split("\0", -1));
    } catch (IOException endedOrNotOurs) {
      return List.of();
    }
  }
}
