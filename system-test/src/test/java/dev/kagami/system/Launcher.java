package dev.kagami.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./kagami} as a user would, on what the build has just made. */
final class Launcher {
  private static final Path ROOT = Path.of(System.getProperty("kagami.root"));

  private Launcher() {}

  /** What a command printed and how it ended. */
  record Result(int exitCode, String output) {}

  /** Runs a command to its end. */
  static Result run(Duration atMost, String... arguments) {
    return run(atMost, Map.of(), List.of(arguments));
  }

  static Result run(Duration atMost, Map<String, String> environment, List<String> arguments) {
    try {
      var output = Files.createTempFile("kagami", ".out");
      var process = start(output, environment, arguments);
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroy();
        throw new AssertionError(
            arguments + " did not end within " + atMost + ":\n" + Files.readString(output));
      }
      var text = Files.readString(output);
      Files.delete(output);
      return new Result(process.exitValue(), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + arguments, stop);
    }
  }

  private static Process start(Path output, Map<String, String> environment, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(ROOT.resolve("kagami").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().put("KAGAMI_BUILD", "never");
    // A story takes sites away more often than a mirror puts up with.
    builder.environment().put("KAGAMI_MIRROR_HEALTH_LONGEST_WAIT", "PT1S");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return builder.start();
  }

  /** Runs a program of the machine, such as {@code kill}, that must succeed. */
  static String mustRun(Path folder, String... command) {
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(List.of(command) + " failed:\n" + output);
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + List.of(command), stop);
    }
  }

  /** All of a text file. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path root() {
    return ROOT;
  }
}
