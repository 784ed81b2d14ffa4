package dev.kagami.core.vector;

/**
 * The distances of all metrics by their definitions, in double precision: the yardstick for faster
 * ones.
 */
public final class ExactDistance {
  private ExactDistance() {}

  /** Vald's distance of two vectors of one dimension; smaller is nearer. */
  public static float between(Metric metric, Vector a, Vector b) {
    return (float)
        switch (metric) {
          case L1 -> l1(a, b);
          case L2 -> Math.sqrt(squaredL2(a, b));
          case ANGLE, NORMALIZED_ANGLE -> Math.acos(Math.clamp(cosine(a, b), -1, 1));
          case COSINE, NORMALIZED_COSINE -> Math.abs(1 - cosine(a, b));
          case NORMALIZED_L2 -> Math.sqrt(Math.max(0, 2 - 2 * cosine(a, b)));
          case INNER_PRODUCT -> -dot(a, b);
          case HAMMING -> union(a, b) - common(a, b);
          case JACCARD -> union(a, b) == 0 ? 0 : 1 - common(a, b) / union(a, b);
        };
  }

  private static double union(Vector a, Vector b) {
    double bits = 0;
    for (int i = 0; i < a.dimension(); i++) {
      bits += Integer.bitCount((int) a.component(i) | (int) b.component(i));
    }
    return bits;
  }

  private static double common(Vector a, Vector b) {
    double bits = 0;
    for (int i = 0; i < a.dimension(); i++) {
      bits += Integer.bitCount((int) a.component(i) & (int) b.component(i));
    }
    return bits;
  }

  private static double l1(Vector a, Vector b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      sum += Math.abs((double) a.component(i) - b.component(i));
    }
    return sum;
  }

  private static double squaredL2(Vector a, Vector b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      double difference = (double) a.component(i) - b.component(i);
      sum += difference * difference;
    }
    return sum;
  }

  private static double dot(Vector a, Vector b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      sum += (double) a.component(i) * b.component(i);
    }
    return sum;
  }

  private static double cosine(Vector a, Vector b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }
}
