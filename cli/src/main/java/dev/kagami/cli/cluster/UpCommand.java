package dev.kagami.cli.cluster;

import dev.kagami.cli.Installation;
import dev.kagami.cli.WrongOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kagami up}: starts what does not run, and by default stays until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts mirrored sites on this machine, or what is not running of them.",
      "The first start in a data directory fixes what the cluster is made of; later ones need no"
          + " option but --data."
    })
final class UpCommand implements Callable<Integer> {

  private static final int LONGEST_TIMEOUT_SECONDS = 86_400;

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private SettingsOptions settings;

  @Option(names = "--detach", description = "Return when all is ready; ./kagami down stops it.")
  private boolean detached;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long a server may take to get ready: 1 to 86400. (${DEFAULT-VALUE})")
  private int timeoutSeconds;

  UpCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws InterruptedException {
    WrongOption.unlessWithin("--timeout", timeoutSeconds, 1, LONGEST_TIMEOUT_SECONDS);
    var directory = data.directory(installation);
    var wanted = settings.over(SettingsFile.in(directory.path()).load());
    var cluster = new Cluster(installation, directory, wanted);
    var out = spec.commandLine().getOut();
    cluster.start(Duration.ofSeconds(timeoutSeconds), out::println);
    out.print(new StatusTable(ClusterStatus.of(cluster)).text());
    out.flush();
    return detached ? 0 : new Foreground(cluster, out::println).stay();
  }
}
