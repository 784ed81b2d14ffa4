package dev.kagami.cli.cluster;

import dev.kagami.cli.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kagami status}: addresses, processes, health. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the sites of a data directory: addresses, processes, health.")
final class StatusCommand implements Callable<Integer> {

  /** How to tell it. */
  enum Output {
    TEXT,
    JSON
  }

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. (${DEFAULT-VALUE})")
  private Output output;

  StatusCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() {
    var status = ClusterStatus.of(data.cluster(installation));
    var text =
        switch (output) {
          case TEXT -> new StatusTable(status).text();
          case JSON -> new StatusJson(status).text() + "\n";
        };
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
