package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a command printed and answered; failures are told as the program does. */
record CommandRun(int exitCode, String out, String err) {

  /** Runs one of {@link VectorCommands} on the cluster of a data directory. */
  static CommandRun of(Path data, String... arguments) {
    var all = Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()));
    return alone(data, all.toArray(String[]::new));
  }

  /** Runs one that asks no cluster. */
  static CommandRun alone(Path data, String... arguments) {
    var nowhere = new Installation(data, data, data, data);
    var line = new CommandLine(new Commands());
    VectorCommands.all(nowhere).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    var out = new StringWriter();
    var err = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler((exception, command, _) -> {
      if (exception instanceof CommandFailure failure) {
        command.getErr().println(failure.getMessage());
        return 1;
      }
      throw exception;
    });
    var exitCode = line.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  @CommandLine.Command(name = "kagami")
  private static final class Commands {}
}
