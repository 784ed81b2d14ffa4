package dev.kagami.agent.index;

import dev.kagami.core.vector.Vector;

/**
 * Scores of the stored vectors against one of them, or against a query: greater is nearer, any
 * finite float, of use for comparing only. Not thread-safe; each search and the linker have their
 * own.
 */
abstract class Scorer implements Nearness {
  private final VectorChunks chunks;
  private final Kernels.Rows four = new Kernels.Rows();

  /** Sums of a last four that are fewer; the last of them is taken more than once. */
  private final float[] rest = new float[4];

  /** The row that is compared with, its last place zero. */
  protected final float[] query;

  Scorer(VectorChunks chunks) {
    this.chunks = chunks;
    this.query = new float[chunks.stride()];
  }

  /** Compares with {@code vector} from now on. */
  final Scorer about(Vector vector) {
    vector.copyTo(query, 0);
    prepare(query);
    return this;
  }

  /** Compares with the vector in {@code slot} from now on. */
  final Scorer about(int slot) {
    System.arraycopy(chunks.chunk(slot), chunks.offset(slot), query, 0, chunks.dimension());
    prepare(query, slot);
    return this;
  }

  /** The score of the vector in {@code slot}. */
  @Override
  public final float score(int slot) {
    return score(sum(chunks.chunk(slot), chunks.offset(slot)), slot);
  }

  /**
   * The scores of the first {@code count} of {@code slots}.
   *
   * @return the best of them, the least float if there is none
   */
  @Override
  public final float bulkScore(int[] slots, float[] scores, int count) {
    float[][] all = chunks.all(); // read once: whoever names a slot has seen its chunk
    int i = 0;
    for (; i <= count - 4; i += 4) {
      locate(all, slots, i, i + 1, i + 2, i + 3);
      sums(four, scores, i);
    }
    if (i < count) {
      locate(all, slots, i, Math.min(i + 1, count - 1), Math.min(i + 2, count - 1), count - 1);
      sums(four, rest, 0);
      System.arraycopy(rest, 0, scores, i, count - i);
    }
    float best = Float.NEGATIVE_INFINITY;
    for (i = 0; i < count; i++) {
      scores[i] = score(scores[i], slots[i]);
      best = Math.max(best, scores[i]);
    }
    return best;
  }

  private void locate(float[][] all, int[] slots, int a, int b, int c, int d) {
    four.a = all[chunks.chunkOf(slots[a])];
    four.fromA = chunks.offset(slots[a]);
    four.b = all[chunks.chunkOf(slots[b])];
    four.fromB = chunks.offset(slots[b]);
    four.c = all[chunks.chunkOf(slots[c])];
    four.fromC = chunks.offset(slots[c]);
    four.d = all[chunks.chunkOf(slots[d])];
    four.fromD = chunks.offset(slots[d]);
  }

  /** Changes a row just copied into what the sums want. */
  abstract void prepare(float[] row);

  /** The same for the row of {@code slot}, of which more may be known. */
  void prepare(float[] row, int slot) {
    prepare(row);
  }

  /** The kernel's sum for the row at {@code from}. */
  abstract float sum(float[] rows, int from);

  /** The kernel's sums for four rows. */
  abstract void sums(Kernels.Rows rows, float[] sums, int to);

  /** The score that a sum means for {@code slot}; never NaN, never infinite. */
  abstract float score(float sum, int slot);
}
