package dev.kagami.core.vector;

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
  INNER_PRODUCT("innerproduct innerp iproduct ip dotproduct dotp dproduct dp"),
  /** How many bits differ; for {@link ObjectType#UINT8}. */
  HAMMING("hamming ham"),
  /**
   * 1 - the share of the bits set in both among those set in any; 0 if none is set in either. For
   * {@link ObjectType#UINT8}.
   */
  JACCARD("jaccard jac");

  private final String names;

  Metric(String names) {
    this.names = names;
  }

  /**
   * The metric that {@code text} names; case, blanks, hyphens and underscores do not matter.
   *
   * @throws IllegalArgumentException if none is, naming all that are known
   */
  public static Metric parse(String text) {
    return Spellings.parse("distance", values(), metric -> metric.names, text);
  }

  /** The spelling that Kagami itself writes. */
  public String spelling() {
    return Spellings.own(names);
  }

  /** Whether a vector of length zero has no distance under this metric. */
  public boolean needsDirection() {
    return switch (this) {
      case ANGLE, COSINE, NORMALIZED_L2, NORMALIZED_ANGLE, NORMALIZED_COSINE -> true;
      case L1, L2, INNER_PRODUCT, HAMMING, JACCARD -> false;
    };
  }

  /** Whether components are taken for eight bits each, which only {@link ObjectType#UINT8} are. */
  public boolean comparesBits() {
    return this == HAMMING || this == JACCARD;
  }
}
