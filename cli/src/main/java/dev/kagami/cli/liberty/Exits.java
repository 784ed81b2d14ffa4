package dev.kagami.cli.liberty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for a process, a moment at a time. */
final class Exits {

  private Exits() {}

  /**
   * Returns after {@code moment}, or as soon as the process ends. Not interruptible. False does not
   * say that it still runs: of a process that is not our child the system tells the end late.
   */
  static boolean within(ProcessHandle process, Duration moment) {
    return process
        .onExit()
        .thenApply(_ -> true)
        .completeOnTimeout(false, moment.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Whether the process has ended, seen by {@code patience} from now. Not interruptible. */
  static boolean awaited(ProcessHandle process, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (PidFile.isRunning(process) && System.nanoTime() < deadline) {
      within(process, Duration.ofMillis(100));
    }
    return !PidFile.isRunning(process);
  }
}
