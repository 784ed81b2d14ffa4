package dev.kagami.core.vector;

import dev.kagami.core.digest.Xxh64;
import java.util.Arrays;

/**
 * A dense vector of float32 components, kept bit for bit as sent. Immutable and thread-safe. Two
 * vectors are equal if their bits are: -0.0 differs from 0.0.
 */
public final class Vector {
  private final float[] components;

  private Vector(float[] components) {
    this.components = components;
  }

  /** A vector of these components, copied. */
  public static Vector of(float... components) {
    return new Vector(components.clone());
  }

  /** A vector over this very array, which the caller hands over and must not touch again. */
  public static Vector adopt(float[] components) {
    return new Vector(components);
  }

  public int dimension() {
    return components.length;
  }

  /** Component {@code index} of [0, dimension). */
  public float component(int index) {
    return components[index];
  }

  /** A fresh array of the components. */
  public float[] toArray() {
    return components.clone();
  }

  /** Writes the components to {@code target}, from {@code offset} on. */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(components, 0, target, offset, components.length);
  }

  /** The hash of the component bits alone, without id and time. */
  public long contentHash() {
    return Xxh64.hash(components);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector that && Arrays.equals(components, that.components);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(components);
  }

  @Override
  public String toString() {
    return "Vector[" + components.length + "]";
  }
}
