package dev.kagami.cli.cluster;

import dev.kagami.cli.Installation;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --data} that all commands on a cluster share. */
public final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The cluster's data directory; .kagami-data beside ./kagami by default.")
  private Optional<Path> given = Optional.empty();

  DataDirectory directory(Installation installation) {
    return new DataDirectory(given.orElse(installation.root().resolve(".kagami-data")));
  }

  /**
   * The cluster that lives there, running or not.
   *
   * @throws dev.kagami.cli.CommandFailure if none was ever started there
   */
  public Cluster cluster(Installation installation) {
    var data = directory(installation);
    return new Cluster(installation, data, data.settings());
  }
}
