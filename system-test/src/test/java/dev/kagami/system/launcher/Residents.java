package dev.kagami.system.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.kagami.core.AtTheRim;
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

  /**
   * Those that are there still after some seconds: what a script has called just before it ended,
   * such as {@code uname}, ends by itself an instant later; a server does not.
   */
  @AtTheRim("other processes end when they like")
  static List<Long> left(Path data) throws InterruptedException {
    var end = System.nanoTime() + SECONDS.toNanos(10);
    while (!of(data).isEmpty() && System.nanoTime() < end) {
      MILLISECONDS.sleep(50);
    }
    return of(data);
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
