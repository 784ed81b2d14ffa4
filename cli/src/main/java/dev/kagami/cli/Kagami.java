package dev.kagami.cli;

import dev.kagami.cli.cluster.ClusterCommands;
import dev.kagami.cli.demo.DemoCommand;
import dev.kagami.cli.mirror.MirrorCommand;
import dev.kagami.cli.vectors.VectorCommands;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program behind {@code ./kagami}: the list of its commands, and how their failures are told.
 */
@Command(
    name = "kagami",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Starts, operates and uses a mirrored vector search system.",
    footer = {
      "",
      "test [--long], which ./kagami itself does, runs the whole test suite; simulate runs mirrors",
      "in virtual time while everything goes wrong, simulate --help tells how.",
      "COMMAND --help explains a command."
    })
final class Kagami implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    var root = Path.of(System.getProperty("kagami.root", ""));
    System.exit(commandLine(Installation.below(root)).execute(arguments));
  }

  static CommandLine commandLine(Installation installation) {
    var line = new CommandLine(new Kagami());
    line.getCommandSpec().version("kagami " + BuildProperties.load().version());
    line.addSubcommand(new HelpCommand());
    line.addSubcommand(new DemoCommand(installation));
    ClusterCommands.all(installation).forEach(line::addSubcommand);
    VectorCommands.all(installation).forEach(line::addSubcommand);
    line.addSubcommand(new MirrorCommand(installation));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(tellFailures());
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** Anything but these two is a fault of ours and keeps its stack trace. */
  private static IExecutionExceptionHandler tellFailures() {
    return (exception, line, result) -> {
      if (exception instanceof CommandFailure failure) {
        line.getErr().println("kagami: " + failure.getMessage());
        return line.getCommandSpec().exitCodeOnExecutionException();
      }
      if (exception instanceof WrongOption wrong) {
        var command = line.getCommandSpec().qualifiedName();
        line.getErr().println("kagami: " + wrong.getMessage());
        line.getErr().println("./" + command + " --help explains the options.");
        return line.getCommandSpec().exitCodeOnInvalidInput();
      }
      throw exception;
    };
  }
}
