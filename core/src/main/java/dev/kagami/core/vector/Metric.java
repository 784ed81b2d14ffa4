package dev.kagami.core.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How two vectors are compared, with the spellings that Vald's configuration accepts. The distance
 * of each is Vald's: smaller is nearer.
 */
public enum Metric {
  /** Sum of absolute differences. */
  L1("l1"),
  /** Euclidean distance, with the square root. */
  L2("l2"),
  /** Arc cosine of the cosine similarity, in radians. */
  ANGLE("angle ang"),
  /** 1 - cosine similarity. */
  COSINE("cosine cos"),
  /** Euclidean distance of the normalised vectors. */
  NORMALIZED_L2("normalizedl2 norml2 nol2 nl2"),
  /** As {@link #ANGLE}; normalising changes nothing. */
  NORMALIZED_ANGLE("normalizedangle normalizedang normang nang nangle"),
  /** As {@link #COSINE}; normalising changes nothing. */
  NORMALIZED_COSINE("normalizedcosine normalizedcos normcos ncos ncosine"),
  /** The negative dot product, which may be below zero. */
  INNER_PRODUCT("innerproduct innerp iproduct ip dotproduct dotp dproduct dp");

  /** Blank-separated, Kagami's own first. */
  private final String spellings;

  Metric(String spellings) {
    this.spellings = spellings;
  }

  /**
   * The metric that {@code text} names; case, blanks, hyphens and underscores do not matter.
   *
   * @throws IllegalArgumentException if none is, naming all that are known
   */
  public static Metric parse(String text) {
    var plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    for (var metric : values()) {
      if (metric.knownAs().contains(plain)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "unknown distance '" + text + "'; known are " + knownNames());
  }

  private static String knownNames() {
    return String.join(", ", Arrays.stream(values()).map(Metric::spelling).toList());
  }

  /** The spelling that Kagami itself writes. */
  public String spelling() {
    return knownAs().getFirst();
  }

  private List<String> knownAs() {
    return List.of(spellings.split(" "));
  }

  /** Whether a vector of length zero has no distance under this metric. */
  public boolean needsDirection() {
    return switch (this) {
      case ANGLE, COSINE, NORMALIZED_L2, NORMALIZED_ANGLE, NORMALIZED_COSINE -> true;
      case L1, L2, INNER_PRODUCT -> false;
    };
  }
}
