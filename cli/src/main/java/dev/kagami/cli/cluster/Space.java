package dev.kagami.cli.cluster;

import dev.kagami.cli.WrongOption;
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
    WrongOption.unlessWithin("--dimension", dimension, 2, 65_536);
    var given = metric;
    metric = metric.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    if (!METRICS.contains(metric)) {
      throw new WrongOption(
          "--metric must be one of " + String.join(", ", METRICS) + ", not " + given + ".");
    }
  }
}
