package dev.kagami.agent.index;

/**
 * Which stored vectors no query can tell apart: those with equal components, and where only the
 * direction counts, those with the same direction, as far as floats can say. Thread-safe.
 */
final class Likeness {
  /** How far components of two unit vectors may be apart: four times the rounding of a float. */
  private static final double ROUNDING = 0x1p-22;

  /** Steps of the grid that directions are hashed on, to a usual component. */
  private static final double GRID = 64;

  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final VectorChunks chunks;
  private final boolean directed;

  /**
   * @param directed whether only the direction of a vector counts
   */
  Likeness(VectorChunks chunks, boolean directed) {
    this.chunks = chunks;
    this.directed = directed;
  }

  /** The same for like slots, save for few directions that lie between two steps of the grid. */
  int hash(int slot) {
    float[] chunk = chunks.chunk(slot);
    int from = chunks.offset(slot);
    double scale = GRID * Math.sqrt(chunks.dimension()) * inverseLength(chunk, from);
    long hash = 0;
    for (int i = from; i < from + chunks.dimension(); i++) {
      long part =
          directed ? Math.round(chunk[i] * scale) : Float.floatToRawIntBits(chunk[i] + 0.0f);
      hash = Long.rotateLeft((hash ^ part) * SPREAD, 29);
    }
    return (int) ((hash * SPREAD) >>> 32);
  }

  /** Whether the vectors in two slots are alike. */
  boolean alike(int one, int other) {
    float[] a = chunks.chunk(one);
    int fromA = chunks.offset(one);
    float[] b = chunks.chunk(other);
    int fromB = chunks.offset(other);
    double scaleA = inverseLength(a, fromA);
    double scaleB = inverseLength(b, fromB);
    double allowed = directed ? ROUNDING : 0;
    for (int i = 0; i < chunks.dimension(); i++) {
      if (!(Math.abs(a[fromA + i] * scaleA - b[fromB + i] * scaleB) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  private double inverseLength(float[] chunk, int from) {
    return directed ? 1 / Math.sqrt(Exact.dot(chunk, from, chunk, from, chunks.dimension())) : 1;
  }
}
