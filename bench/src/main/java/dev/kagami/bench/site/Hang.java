package dev.kagami.bench.site;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that does nothing, answers nothing and keeps its connections until this is closed. */
final class Hang implements AutoCloseable {
  private final ProcessHandle process;

  /** Begins. */
  Hang(ProcessHandle process) {
    this.process = process;
    signal("STOP");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("process " + process.pid() + " cannot be told " + name);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Lets it go on. */
  @Override
  public void close() {
    signal("CONT");
  }
}
