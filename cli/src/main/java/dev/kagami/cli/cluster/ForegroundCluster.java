package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A cluster that a command starts for itself: it ends with the command, however that ends, and its
 * data stay. For one thread.
 */
public final class ForegroundCluster implements AutoCloseable {

  private final Cluster cluster;
  private final Consumer<String> progress;
  private final StopAtExit stopAtExit;

  private ForegroundCluster(Cluster cluster, Consumer<String> progress) {
    this.cluster = cluster;
    this.progress = progress;
    this.stopAtExit = new StopAtExit(() -> stop(cluster, progress));
  }

  /**
   * Starts what does not run, as {@code up} does, and returns when it is ready.
   *
   * @param patience for each server
   * @param progress told a line at a time, from several threads
   * @throws CommandFailure if the directory holds a cluster of other settings, or as {@link
   *     Cluster#start}
   */
  public static ForegroundCluster start(
      Installation installation,
      Path data,
      ClusterSettings settings,
      Duration patience,
      Consumer<String> progress)
      throws InterruptedException {
    var directory = new DataDirectory(data);
    var existing = SettingsFile.in(directory.path()).load();
    if (existing.isPresent() && !existing.get().equals(settings)) {
      throw new CommandFailure(
          "The cluster in "
              + directory.path()
              + " was made with other settings: "
              + "choose another directory with --data.");
    }
    var cluster = new Cluster(installation, directory, settings);
    cluster.start(patience, progress);
    return new ForegroundCluster(cluster, progress);
  }

  /** A first. */
  public List<Site> sites() {
    return cluster.sites();
  }

  /**
   * Returns when no server runs any more: after Ctrl-C, which stops them, or if they end otherwise.
   *
   * @return the exit code: 0 if they were stopped, 1 if one ended by itself
   */
  public int stay() throws InterruptedException {
    stopAtExit.close();
    return new Foreground(cluster, progress).stay();
  }

  @Override
  public void close() {
    stopAtExit.close();
    stop(cluster, progress);
  }

  private static void stop(Cluster cluster, Consumer<String> progress) {
    progress.accept("Stopping ...");
    cluster.stop();
    progress.accept("Stopped.");
  }
}
