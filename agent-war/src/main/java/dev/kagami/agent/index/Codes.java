package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;
import java.util.Arrays;

/**
 * Rough copies of the vectors, a byte for each component, so that a walk reads a quarter of the
 * memory. A row has two components in each short, the first of them in the low half, then two
 * floats: the factor that makes a sum of products a score, and what is added. The factor is NaN if
 * no copy tells anything.
 *
 * <p>Written and read as {@link VectorChunks} are, which they belong to.
 */
final class Codes {
  /** The greatest code. Two products of such codes and their sum still fit into a short. */
  static final int MOST = 127;

  /** Shorts that kernels may read at once; they read on behind a row. */
  static final int BLOCK = 32;

  /** A step between two codes that floats can be made of and squared. */
  private static final float LEAST_STEP = 1e-12f;

  private static final float GREATEST_STEP = 1e12f;

  private static final int CHUNK_SHORTS = 1 << 19;
  private static final int FLOATS = 4; // shorts of two

  private final int dimension;
  private final Metric metric;
  private final int pairs;
  private final int slotBits;
  private volatile short[][] chunks = {};

  Codes(int dimension, Metric metric) {
    this.dimension = dimension;
    this.metric = metric;
    this.pairs = (dimension + 1) / 2;
    this.slotBits = 31 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_SHORTS / stride()));
  }

  /** Whether scores by {@code metric} can be made of products of components. */
  static boolean fit(Metric metric) {
    return switch (metric) {
      case L2, INNER_PRODUCT, ANGLE, COSINE -> true;
      case NORMALIZED_L2, NORMALIZED_ANGLE, NORMALIZED_COSINE -> true;
      case L1, HAMMING, JACCARD -> false;
    };
  }

  int dimension() {
    return dimension;
  }

  private int stride() {
    return pairs + FLOATS;
  }

  /** Shorts of a query's parts: a row's codes in whole blocks. */
  int width() {
    return (pairs + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** The step between two codes of the components at {@code from}; 0 if all of them are. */
  float step(float[] floats, int from) {
    float greatest = 0;
    for (int i = from; i < from + dimension; i++) {
      greatest = Math.max(greatest, Math.abs(floats[i]));
    }
    return greatest / MOST;
  }

  /** Whether scores can be made with such steps. */
  static boolean isUsual(float step) {
    return step == 0 || (step > LEAST_STEP && step < GREATEST_STEP);
  }

  /** The code of the component number {@code i}; of the one behind an odd last, 0. */
  int code(float[] floats, int from, int i, float step) {
    return i < dimension && step > 0 ? Math.round(floats[from + i] / step) : 0;
  }

  /**
   * Fills the row of {@code slot}.
   *
   * @param inverseLength of the vector, if the metric goes by directions; 0 if it is unknown
   */
  void put(int slot, float[] floats, int from, float inverseLength) {
    short[] chunk = growTo(slot >>> slotBits);
    float step = step(floats, from);
    int at = offset(slot);
    if (!isUsual(step) || (metric.needsDirection() && inverseLength == 0)) {
      write(chunk, at + pairs, Float.NaN);
      return;
    }
    long squares = 0;
    for (int i = 0; i < pairs; i++) {
      int low = code(floats, from, 2 * i, step);
      int high = code(floats, from, 2 * i + 1, step);
      chunk[at + i] = (short) ((low & 0xFF) | (high << 8));
      squares += low * low + high * high;
    }
    write(chunk, at + pairs, metric.needsDirection() ? step * inverseLength : step);
    write(chunk, at + pairs + 2, metric == Metric.L2 ? -step * step * squares : 0);
  }

  /** Makes room for {@code slots} slots, one at least. */
  void reserve(int slots) {
    var _ = growTo((slots - 1) >>> slotBits);
  }

  private short[] growTo(int index) {
    short[][] now = chunks;
    if (index >= now.length) {
      now = Arrays.copyOf(now, index + 1);
      for (int i = chunks.length; i <= index; i++) {
        now[i] = new short[(stride() << slotBits) + BLOCK];
      }
      chunks = now;
    }
    return now[index];
  }

  private static void write(short[] chunk, int at, float value) {
    int bits = Float.floatToRawIntBits(value);
    chunk[at] = (short) bits;
    chunk[at + 1] = (short) (bits >> 16);
  }

  private static float read(short[] chunk, int at) {
    return Float.intBitsToFloat((chunk[at] & 0xFFFF) | (chunk[at + 1] << 16));
  }

  /** All chunks that are there now, {@link #chunkOf} of them holding a slot's row. */
  short[][] all() {
    return chunks;
  }

  int chunkOf(int slot) {
    return slot >>> slotBits;
  }

  /** Where in its chunk the row of {@code slot} begins. */
  int offset(int slot) {
    return (slot & ((1 << slotBits) - 1)) * stride();
  }

  /** What makes a sum of products with the row at {@code at} a score; NaN if nothing does. */
  float factor(short[] chunk, int at) {
    return read(chunk, at + pairs);
  }

  /** What is added to the score of the row at {@code at}. */
  float addend(short[] chunk, int at) {
    return read(chunk, at + pairs + 2);
  }
}
