package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;

/**
 * Vald's distances in double precision: what is answered, while the {@link Scorer}s' floats only
 * decide who is looked at. Formulas after NGT's, see {@link Metric}. Stateless and thread-safe.
 */
final class Exact {
  private Exact() {}

  /** The distance that Vald answers between two rows; smaller is nearer. */
  static double distance(Metric metric, float[] a, int fromA, float[] b, int fromB, int dimension) {
    return switch (metric) {
      case L1 -> manhattan(a, fromA, b, fromB, dimension);
      case L2 -> Math.sqrt(squared(a, fromA, b, fromB, dimension));
      case ANGLE, NORMALIZED_ANGLE ->
          Math.acos(Math.clamp(cosine(a, fromA, b, fromB, dimension), -1, 1));
      case COSINE, NORMALIZED_COSINE -> Math.abs(1 - cosine(a, fromA, b, fromB, dimension));
      case NORMALIZED_L2 -> Math.sqrt(Math.max(0, 2 - 2 * cosine(a, fromA, b, fromB, dimension)));
      case INNER_PRODUCT -> -dot(a, fromA, b, fromB, dimension);
      case HAMMING -> differing(a, fromA, b, fromB, dimension);
      case JACCARD -> unshared(a, fromA, b, fromB, dimension);
    };
  }

  private static int differing(float[] a, int fromA, float[] b, int fromB, int dimension) {
    int common = BitCounts.common(a, fromA, b, fromB, dimension);
    return BitCounts.set(a, fromA, dimension) + BitCounts.set(b, fromB, dimension) - 2 * common;
  }

  private static double unshared(float[] a, int fromA, float[] b, int fromB, int dimension) {
    int common = BitCounts.common(a, fromA, b, fromB, dimension);
    int any = BitCounts.set(a, fromA, dimension) + BitCounts.set(b, fromB, dimension) - common;
    return any == 0 ? 0 : 1 - (double) common / any;
  }

  /** In four sums, which do not wait for each other. */
  static double dot(float[] a, int fromA, float[] b, int fromB, int dimension) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i <= dimension - 4; i += 4) {
      first += (double) a[fromA + i] * b[fromB + i];
      second += (double) a[fromA + i + 1] * b[fromB + i + 1];
      third += (double) a[fromA + i + 2] * b[fromB + i + 2];
      fourth += (double) a[fromA + i + 3] * b[fromB + i + 3];
    }
    for (; i < dimension; i++) {
      first += (double) a[fromA + i] * b[fromB + i];
    }
    return first + second + (third + fourth);
  }

  static double cosine(float[] a, int fromA, float[] b, int fromB, int dimension) {
    double lengths = dot(a, fromA, a, fromA, dimension) * dot(b, fromB, b, fromB, dimension);
    return dot(a, fromA, b, fromB, dimension) / Math.sqrt(lengths);
  }

  private static double squared(float[] a, int fromA, float[] b, int fromB, int dimension) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i <= dimension - 4; i += 4) {
      first += square((double) a[fromA + i] - b[fromB + i]);
      second += square((double) a[fromA + i + 1] - b[fromB + i + 1]);
      third += square((double) a[fromA + i + 2] - b[fromB + i + 2]);
      fourth += square((double) a[fromA + i + 3] - b[fromB + i + 3]);
    }
    for (; i < dimension; i++) {
      first += square((double) a[fromA + i] - b[fromB + i]);
    }
    return first + second + (third + fourth);
  }

  private static double square(double difference) {
    return difference * difference;
  }

  private static double manhattan(float[] a, int fromA, float[] b, int fromB, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += Math.abs((double) a[fromA + i] - b[fromB + i]);
    }
    return sum;
  }
}
