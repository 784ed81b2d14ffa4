package dev.kagami.cli.cluster;

import dev.kagami.cli.Installation;
import java.util.List;

/** The commands of this package. */
public final class ClusterCommands {

  private ClusterCommands() {}

  /** In the order help shows them. */
  public static List<Object> all(Installation installation) {
    return List.of(
        new UpCommand(installation),
        new DownCommand(installation),
        new StatusCommand(installation),
        new LogsCommand(installation));
  }
}
