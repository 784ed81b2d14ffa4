package dev.kagami.cli.cluster;

import dev.kagami.cli.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kagami down}: stops exactly what {@code up} started. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the servers of a data directory; its data stays.")
final class DownCommand implements Callable<Integer> {

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  DownCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() {
    var cluster = data.cluster(installation);
    try (var _ = data.directory(installation).lock()) {
      var stopped = cluster.stop();
      var tell = stopped == 0 ? "Nothing was running." : "Stopped " + stopped + ".";
      spec.commandLine().getOut().println(tell);
      return 0;
    }
  }
}
