package dev.kagami.system.launcher;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A run of {@code ./kagami} on what the build has just made. All waiting ends after some minutes,
 * with what the launcher has printed until then.
 */
final class LauncherRun implements AutoCloseable {
  private static final Path KAGAMI = Path.of(System.getProperty("kagami.root"), "kagami");
  private static final long PATIENCE_SECONDS = 600;

  private final List<String> arguments;
  private final Path printed;
  private final Process process;

  private LauncherRun(List<String> arguments, Path printed, Process process) {
    this.arguments = arguments;
    this.printed = printed;
    this.process = process;
  }

  /** Begins a run. Its signals work even where the tests themselves run with Ctrl-C ignored. */
  static LauncherRun begin(String... arguments) {
    try {
      var command = new ArrayList<>(List.of("env", "--default-signal=INT", KAGAMI.toString()));
      command.addAll(List.of(arguments));
      var printed = Files.createTempFile("kagami", ".out");
      var builder = new ProcessBuilder(command);
      builder.environment().put("KAGAMI_BUILD", "never");
      builder.redirectErrorStream(true).redirectOutput(printed.toFile());
      return new LauncherRun(List.of(arguments), printed, builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns when it has ended. */
  static LauncherRun toItsEnd(String... arguments) {
    var run = begin(arguments);
    run.exitCode();
    return run;
  }

  /** What it has printed until now. */
  String output() {
    try {
      return Files.readString(printed);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of the run that has ended, or does so soon. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, SECONDS)) {
        throw new AssertionError(arguments + " does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + arguments, stop);
    }
  }

  void awaitOutput(String text) {
    await("it prints '" + text + "'", () -> output().contains(text));
  }

  /** Returns when {@code isTrue}, which must come about while the launcher runs. */
  void await(String what, BooleanSupplier isTrue) {
    var end = System.nanoTime() + SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!isTrue.getAsBoolean()) {
        if (process.waitFor(20, MILLISECONDS) || System.nanoTime() - end > 0) {
          throw new AssertionError(arguments + ": not come about: " + what + "\n" + output());
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + arguments, stop);
    }
  }

  /** Sends a signal to the launcher alone: TERM, or INT as Ctrl-C does. */
  void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("no signal " + name + " for " + arguments);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + arguments, stop);
    }
  }

  /** Ends the launcher if a test has failed before it did. */
  @Override
  public void close() {
    process.destroy();
    exitCode();
  }
}
