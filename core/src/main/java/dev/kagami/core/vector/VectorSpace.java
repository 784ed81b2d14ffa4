package dev.kagami.core.vector;

import dev.kagami.core.error.ValdException.InvalidArgument;

/**
 * What all vectors of one cluster have in common.
 *
 * @param dimension components of each vector, {@value #MIN_DIMENSION} to {@value #MAX_DIMENSION}
 * @param metric how they are compared
 */
public record VectorSpace(int dimension, Metric metric) {
  public static final int MIN_DIMENSION = 2;
  public static final int MAX_DIMENSION = 65_536;

  public VectorSpace {
    if (dimension < MIN_DIMENSION || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension " + dimension + " is not within " + MIN_DIMENSION + " to " + MAX_DIMENSION);
    }
  }

  /**
   * Accepts a vector that can be stored and searched in this space.
   *
   * @throws InvalidArgument if the dimension differs, a component is NaN or infinite (named by its
   *     position), or the metric needs a direction and the vector is zero
   */
  public void check(Vector vector) {
    if (vector.dimension() != dimension) {
      throw new InvalidArgument(
          "vector",
          "Incompatible Dimension Size detected: the vector has "
              + vector.dimension()
              + " dimensions, the index holds "
              + dimension);
    }
    boolean zero = true;
    for (int i = 0; i < dimension; i++) {
      float component = vector.component(i);
      if (!Float.isFinite(component)) {
        throw new InvalidArgument(
            "vector", "component " + i + " is " + component + "; only finite numbers can be kept");
      }
      zero &= component == 0;
    }
    if (zero && metric.needsDirection()) {
      throw new InvalidArgument(
          "vector", "a zero vector has no direction and so no " + metric.spelling() + " distance");
    }
  }
}
