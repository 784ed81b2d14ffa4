package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import java.util.List;
import java.util.Locale;

/**
 * The vectors of a cluster.
 *
 * @param dimension 2 to 65,536
 * @param metric one of {@link #METRICS}; case, hyphens and underscores do not matter when it is
 *     given
 */
public record Space(int dimension, String metric) {

  /** The names the agents know. */
  static final List<String> METRICS =
      List.of(
          "l1",
          "l2",
          "angle",
          "cosine",
          "normalizedl2",
          "normalizedangle",
          "normalizedcosine",
          "innerproduct");

  public Space {
    if (dimension < 2 || dimension > 65_536) {
      throw new CommandFailure("--dimension must be 2 to 65536, not " + dimension + ".");
    }
    var given = metric;
    metric = metric.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    if (!METRICS.contains(metric)) {
      throw new CommandFailure(
          "--metric " + given + " is unknown; known are " + String.join(", ", METRICS) + ".");
    }
  }
}
