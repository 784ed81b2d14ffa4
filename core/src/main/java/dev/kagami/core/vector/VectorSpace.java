package dev.kagami.core.vector;

import dev.kagami.core.error.ValdException.InvalidArgument;

/**
 * What all vectors of one cluster have in common.
 *
 * @param dimension components of each vector, {@value #MIN_DIMENSION} to {@value #MAX_DIMENSION}
 * @param metric how they are compared
 * @param type what their components are
 */
public record VectorSpace(int dimension, Metric metric, ObjectType type) {
  public static final int MIN_DIMENSION = 2;
  public static final int MAX_DIMENSION = 65_536;

  public VectorSpace {
    if (dimension < MIN_DIMENSION || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension " + dimension + " is not within " + MIN_DIMENSION + " to " + MAX_DIMENSION);
    }
    if (metric.comparesBits() && type != ObjectType.UINT8) {
      throw new IllegalArgumentException(
          "distance "
              + metric.spelling()
              + " compares bits, so the object type must be "
              + ObjectType.UINT8.spelling()
              + ", not "
              + type.spelling()
              + "; set that, or another distance");
    }
  }

  /** A space of floats. */
  public VectorSpace(int dimension, Metric metric) {
    this(dimension, metric, ObjectType.FLOAT);
  }

  /**
   * Accepts a vector that can be stored and searched in this space.
   *
   * @throws InvalidArgument as {@link #accept}
   */
  public void check(Vector vector) {
    var _ = accept(vector);
  }

  /**
   * {@code vector} as it is kept and compared in this space: bit for bit, but rounded to the object
   * type.
   *
   * @throws InvalidArgument if the dimension differs, a component is NaN, infinite or not of the
   *     object type (named by its position), or the metric needs a direction and the vector is zero
   */
  public Vector accept(Vector vector) {
    if (vector.dimension() != dimension) {
      throw new InvalidArgument(
          "vector",
          "Incompatible Dimension Size detected: the vector has "
              + vector.dimension()
              + " dimensions, the index holds "
              + dimension);
    }
    var held = type.hold(vector);
    if (metric.needsDirection() && isZero(held)) {
      throw new InvalidArgument(
          "vector", "a zero vector has no direction and so no " + metric.spelling() + " distance");
    }
    return held;
  }

  private static boolean isZero(Vector vector) {
    for (int i = 0; i < vector.dimension(); i++) {
      if (vector.component(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** In words; what was written before there were object types has floats. */
  public String words() {
    var words = "dimension " + dimension + ", distance " + metric.spelling();
    return type == ObjectType.FLOAT ? words : words + ", object type " + type.spelling();
  }
}
