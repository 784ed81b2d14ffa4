package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.Arrays;
import java.util.Optional;

/**
 * All vectors, each in a row that never moves: its floats as sent, zeros, and in the last place
 * what the metric needs to know of it. Rows lie in chunks, so that growing copies nothing.
 *
 * <p>One writer fills a row once; others may read it as soon as they learned of its slot through a
 * volatile or a lock.
 */
final class VectorChunks {
  private static final int CHUNK_BYTES = 4 << 20;

  private final int dimension;
  private final Metric metric;
  private final int stride;
  private final int slotBits;
  private final Optional<Codes> codes;
  private volatile float[][] chunks = {};

  /**
   * @param metric how the vectors are compared
   * @param lanes rows are padded to a multiple of this many floats
   */
  VectorChunks(int dimension, Metric metric, int lanes) {
    this.dimension = dimension;
    this.metric = metric;
    this.stride = (dimension + lanes) / lanes * lanes;
    int slots = Math.max(1, CHUNK_BYTES / (stride * Float.BYTES));
    this.slotBits = 31 - Integer.numberOfLeadingZeros(slots);
    this.codes = Codes.fit(metric) ? Optional.of(new Codes(dimension, metric)) : Optional.empty();
  }

  /** Rough copies of the vectors, if the metric can go by them. */
  Optional<Codes> codes() {
    return codes;
  }

  /** Floats from row to row. */
  int stride() {
    return stride;
  }

  int dimension() {
    return dimension;
  }

  /** Makes room for {@code slots} slots. */
  void reserve(int slots) {
    if (slots > 0) {
      var _ = growTo((slots - 1) >>> slotBits);
      codes.ifPresent(rough -> rough.reserve(slots));
    }
  }

  /** Fills the row of {@code slot}. */
  void put(int slot, Vector vector) {
    float[] chunk = growTo(slot >>> slotBits);
    int from = offset(slot);
    vector.copyTo(chunk, from);
    if (metric.needsDirection()) {
      chunk[from + stride - 1] = inverseLength(chunk, from);
    } else if (metric.comparesBits()) {
      chunk[from + stride - 1] = BitCounts.set(chunk, from, dimension);
    }
    codes.ifPresent(rough -> rough.put(slot, chunk, from, chunk[from + stride - 1]));
  }

  private float[] growTo(int index) {
    float[][] now = chunks;
    if (index >= now.length) {
      now = Arrays.copyOf(now, index + 1);
      for (int i = chunks.length; i <= index; i++) {
        now[i] = new float[stride << slotBits];
      }
      chunks = now;
    }
    return now[index];
  }

  /** The floats among which the row of {@code slot} lies. */
  float[] chunk(int slot) {
    return chunks[slot >>> slotBits];
  }

  /** All chunks that are there now, {@link #chunkOf} of them holding a slot's row. */
  float[][] all() {
    return chunks;
  }

  int chunkOf(int slot) {
    return slot >>> slotBits;
  }

  /** Where in its chunk the row of {@code slot} begins. */
  int offset(int slot) {
    return (slot & ((1 << slotBits) - 1)) * stride;
  }

  /** The inverse of the vector's length, if the metric needs it; 0 if that is no ordinary float. */
  float inverseLength(int slot) {
    return chunk(slot)[offset(slot) + stride - 1];
  }

  /** How many bits are set in the vector's components, if the metric compares bits. */
  float bitsSet(int slot) {
    return chunk(slot)[offset(slot) + stride - 1];
  }

  private float inverseLength(float[] chunk, int from) {
    double inverse = 1 / Math.sqrt(Exact.dot(chunk, from, chunk, from, dimension));
    return inverse > 1e-30 && inverse < 1e30 ? (float) inverse : 0;
  }

  /** The vector in {@code slot}, bit for bit as it was put. */
  Vector vector(int slot) {
    int from = offset(slot);
    return Vector.adopt(Arrays.copyOfRange(chunk(slot), from, from + dimension));
  }

  /** Whether {@code slot} holds just these bits. */
  boolean holds(int slot, Vector vector) {
    float[] chunk = chunk(slot);
    int from = offset(slot);
    for (int i = 0; i < dimension; i++) {
      if (Float.floatToRawIntBits(chunk[from + i])
          != Float.floatToRawIntBits(vector.component(i))) {
        return false;
      }
    }
    return true;
  }
}
