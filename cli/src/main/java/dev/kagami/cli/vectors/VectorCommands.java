package dev.kagami.cli.vectors;

import dev.kagami.cli.Installation;
import java.util.List;

/** The commands of this package. */
public final class VectorCommands {

  private VectorCommands() {}

  /** In the order help shows them. */
  public static List<Object> all(Installation installation) {
    return List.of(
        new LoadCommand(installation),
        new SearchCommand(installation),
        new AgentCommand(installation));
  }
}
