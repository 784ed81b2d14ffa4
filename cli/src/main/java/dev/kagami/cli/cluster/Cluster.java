package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.liberty.LibertyServer;
import dev.kagami.cli.liberty.Startup;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The servers of a data directory. What runs is looked up each time, never remembered: several
 * programs may use the same directory.
 */
public final class Cluster {

  private final DataDirectory data;
  private final ClusterSettings settings;
  private final List<ClusterServer> servers;

  Cluster(Installation installation, DataDirectory data, ClusterSettings settings) {
    this.data = data;
    this.settings = settings;
    this.servers =
        sites().stream().flatMap(site -> serversOf(site, installation).stream()).toList();
  }

  private List<ClusterServer> serversOf(Site site, Installation installation) {
    var first = sites().getFirst().mirrorGrpc();
    var role = new RoleSettings(site, settings, data.path(), first);
    return new SiteServers(role)
        .plan().stream()
            .map(planned ->
                new ClusterServer(
                    site,
                    planned.roles(),
                    new LibertyServer(installation, data.path(), planned.definition())))
            .toList();
  }

  public ClusterSettings settings() {
    return settings;
  }

  /** A first. */
  public List<Site> sites() {
    return Site.all(settings);
  }

  /** In the order they are started. */
  List<ClusterServer> servers() {
    return servers;
  }

  /**
   * Starts what does not run, and returns when it is ready. Ctrl-C meanwhile stops it again.
   *
   * @param patience for each server
   * @param progress told a line at a time, from several threads
   * @throws CommandFailure if all run already, a port is taken, or a server does not get ready; the
   *     others that were started are stopped then
   */
  public void start(Duration patience, Consumer<String> progress) throws InterruptedException {
    try (var _ = data.lock()) {
      var stopped = stoppedServers();
      if (stopped.isEmpty()) {
        throw new CommandFailure(
            "Everything in "
                + data.path()
                + " is running already; ./kagami status shows it, ./kagami down stops it.");
      }
      TakenPorts.refuse(stopped.stream().flatMap(s -> s.ports().all().stream()).toList());
      data.prepare(settings);
      var startup = new Startup(stopped, patience, progress);
      try (var _ = new StopAtExit(() -> interrupted(startup, progress))) {
        startup.run();
      }
    }
  }

  private static void interrupted(Startup startup, Consumer<String> progress)
      throws InterruptedException {
    progress.accept("Interrupted: stopping what was started ...");
    startup.abort();
  }

  private List<LibertyServer> stoppedServers() {
    return servers.stream()
        .map(ClusterServer::liberty)
        .filter(server -> server.process().isEmpty())
        .toList();
  }

  /**
   * Stops what runs, and returns when nothing does.
   *
   * @return how many servers ran
   */
  public int stop() {
    var running =
        servers.stream()
            .map(ClusterServer::liberty)
            .filter(server -> server.process().isPresent())
            .toList();
    LibertyServer.stop(servers.stream().map(ClusterServer::liberty).toList());
    return running.size();
  }
}
