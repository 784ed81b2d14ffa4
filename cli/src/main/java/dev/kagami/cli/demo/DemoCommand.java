package dev.kagami.cli.demo;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.cluster.ClusterSettings;
import dev.kagami.cli.cluster.ForegroundCluster;
import dev.kagami.cli.cluster.Site;
import dev.kagami.cli.cluster.Space;
import dev.kagami.cli.cluster.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kagami demo}: two sites of its own, the story, and time to look around. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the main job on real data: two sites are started, loaded, searched, and one of them"
          + " refuses a write. Each step is checked.",
      "Stays until Ctrl-C, which stops what was started."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all steps were checked to be true", "1:one was not", "2:wrong usage"})
public final class DemoCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Installation installation;

  @Spec private CommandSpec spec;

  @Option(names = "--exit", description = "Leave after the last step.")
  private boolean exit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the sites keep their data; .runtime/demo beside the launcher by default.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--base-port",
      paramLabel = "P",
      defaultValue = "18080",
      description = "The first port of site A; B's are 100 above. (${DEFAULT-VALUE})")
  private int basePort;

  /** The command, with the servers of {@code installation}. */
  public DemoCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    var folder =
        data.orElse(installation.root().resolve(".runtime").resolve("demo")).toAbsolutePath();
    out.println("Starting sites A and B, with their data in " + folder);
    out.flush();
    try (var cluster = start(folder, out)) {
      var allTrue = tell(cluster.sites(), out);
      out.print(new Farewell(cluster.sites(), folder, allTrue).text());
      out.flush();
      if (!exit) {
        cluster.stay();
      }
      return allTrue ? 0 : 1;
    }
  }

  private ForegroundCluster start(Path folder, PrintWriter out) throws InterruptedException {
    var settings =
        new ClusterSettings(new Topology(2, 2, 2, false), new Space(100, "cosine"), basePort, "1g");
    return ForegroundCluster.start(installation, folder, settings, PATIENCE, out::println);
  }

  private boolean tell(List<Site> sites, PrintWriter out) throws InterruptedException {
    try (var a = client(sites.get(0));
        var b = client(sites.get(1));
        var adminOfA = admin(sites.get(0));
        var adminOfB = admin(sites.get(1))) {
      var samples = Samples.read(installation.root().resolve("samples").resolve("words.vectors"));
      return Demo.ofTwoSites().tell(new Stage(a, b, adminOfA, adminOfB, samples, out));
    } catch (IOException e) {
      throw new CommandFailure("The demo broke off: " + e.getMessage(), e);
    }
  }

  private static SiteClient client(Site site) {
    return new SiteClient(site.name(), site.mirrorGrpc().address());
  }

  private static SiteAdmin admin(Site site) {
    var agents = site.agentNumbers().mapToObj(n -> site.agentHttp(n).url()).toList();
    return new SiteAdmin(site.mirrorHttp().url(), agents);
  }
}
