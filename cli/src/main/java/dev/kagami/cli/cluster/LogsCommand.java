package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.WrongOption;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kagami logs}: what the servers wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows the last lines of the servers' logs.")
final class LogsCommand implements Callable<Integer> {

  private static final int MOST_LINES = 1_000_000;

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(
      paramLabel = "SERVER",
      arity = "0..*",
      description = "As status names it; all if none.")
  private List<String> names = List.of();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "40",
      description = "Of each log: 0 to 1000000. (${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written from now, until Ctrl-C.")
  private boolean follow;

  LogsCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    WrongOption.unlessWithin("--lines", lines, 0, MOST_LINES);
    var servers = chosen(data.cluster(installation));
    var out = spec.commandLine().getOut();
    var follower = new LogFollower(servers, out);
    for (var server : servers) {
      out.println("== " + server.liberty().name() + ": " + server.liberty().log().file());
      server.liberty().log().last(lines).forEach(out::println);
    }
    if (follow) {
      follower.follow();
    }
    return 0;
  }

  private List<ClusterServer> chosen(Cluster cluster) {
    var all = cluster.servers().stream().map(s -> s.liberty().name()).toList();
    var unknown = names.stream().filter(name -> !all.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          "There is no server "
              + unknown.getFirst()
              + "; there are "
              + String.join(", ", all)
              + ".");
    }
    return cluster.servers().stream()
        .filter(s -> names.isEmpty() || names.contains(s.liberty().name()))
        .toList();
  }
}
