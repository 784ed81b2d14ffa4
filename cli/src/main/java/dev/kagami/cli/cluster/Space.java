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
 * @param objectType one of {@link #OBJECT_TYPES}, read in the same way
 */
public record Space(int dimension, String metric, String objectType) {

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
          "innerproduct",
          "hamming",
          "jaccard");

  /** The same. */
  static final List<String> OBJECT_TYPES = List.of("float", "float16", "uint8");

  /** Those that compare bits, which only bytes are taken for. */
  private static final List<String> BITWISE = List.of("hamming", "jaccard");

  public Space {
    WrongOption.unlessWithin("--dimension", dimension, 2, 65_536);
    metric = oneOf(METRICS, "--metric", metric);
    objectType = oneOf(OBJECT_TYPES, "--object-type", objectType);
    if (BITWISE.contains(metric) && !objectType.equals("uint8")) {
      throw new WrongOption("--metric " + metric + " compares bits: add --object-type uint8.");
    }
  }

  /** A space of floats. */
  public Space(int dimension, String metric) {
    this(dimension, metric, OBJECT_TYPES.getFirst());
  }

  private static String oneOf(List<String> choices, String option, String given) {
    var plain = given.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    if (!choices.contains(plain)) {
      throw new WrongOption(
          option + " must be one of " + String.join(", ", choices) + ", not " + given + ".");
    }
    return plain;
  }
}
