package dev.kagami.cli.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code up} without {@code --detach}: stays with the servers, and takes them along at its end. */
final class Foreground {

  private final Cluster cluster;
  private final Consumer<String> out;
  private final CountDownLatch leaving = new CountDownLatch(1);

  Foreground(Cluster cluster, Consumer<String> out) {
    this.cluster = cluster;
    this.out = out;
  }

  /**
   * Returns when no server runs any more, and tells of each that ended by itself.
   *
   * @return the exit code: 0 if they were stopped from elsewhere, 1 if one ended by itself
   */
  int stay() throws InterruptedException {
    out.accept("Press Ctrl-C to stop.");
    var crashed = new HashSet<String>();
    try (var _ = new StopAtExit(this::stop)) {
      while (anyRuns() && !leaving.await(1, TimeUnit.SECONDS)) {
        tellOfCrashes(crashed);
      }
      tellOfCrashes(crashed);
    }
    out.accept("All servers have ended.");
    return crashed.isEmpty() ? 0 : 1;
  }

  private boolean anyRuns() {
    return cluster.servers().stream().anyMatch(s -> s.liberty().process().isPresent());
  }

  private void tellOfCrashes(Set<String> crashed) {
    for (var server : cluster.servers()) {
      var name = server.liberty().name();
      if (server.liberty().hasCrashed() && crashed.add(name)) {
        out.accept(
            name
                + " has ended by itself: ./kagami logs "
                + name
                + ", ./kagami up starts it again.");
      }
    }
  }

  private void stop() {
    leaving.countDown();
    out.accept("Stopping ...");
    cluster.stop();
    out.accept("Stopped.");
  }
}
