package dev.kagami.agent.index;

import dev.kagami.core.vector.Vector;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Lucene's scores of the stored vectors against one of them, or against a query: greater is nearer,
 * any finite float, of use for comparing only. Not thread-safe; each search and the builder have
 * their own.
 */
abstract class Scorer implements UpdateableRandomVectorScorer {
  private final VectorChunks chunks;
  private final Kernels.Rows four = new Kernels.Rows();

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

  @Override
  public final void setScoringOrdinal(int slot) {
    System.arraycopy(chunks.chunk(slot), chunks.offset(slot), query, 0, chunks.dimension());
    prepare(query);
  }

  @Override
  public final float score(int slot) {
    return score(sum(chunks.chunk(slot), chunks.offset(slot)), slot);
  }

  @Override
  public final float bulkScore(int[] slots, float[] scores, int count) {
    float[][] all = chunks.all(); // read once: whoever names a slot has seen its chunk
    int i = 0;
    for (; i <= count - 4; i += 4) {
      locate(all, slots, i);
      sums(four, scores, i);
    }
    for (; i < count; i++) {
      scores[i] = sum(all[chunks.chunkOf(slots[i])], chunks.offset(slots[i]));
    }
    float best = Float.NEGATIVE_INFINITY;
    for (i = 0; i < count; i++) {
      scores[i] = score(scores[i], slots[i]);
      best = Math.max(best, scores[i]);
    }
    return best;
  }

  private void locate(float[][] all, int[] slots, int i) {
    four.a = all[chunks.chunkOf(slots[i])];
    four.fromA = chunks.offset(slots[i]);
    four.b = all[chunks.chunkOf(slots[i + 1])];
    four.fromB = chunks.offset(slots[i + 1]);
    four.c = all[chunks.chunkOf(slots[i + 2])];
    four.fromC = chunks.offset(slots[i + 2]);
    four.d = all[chunks.chunkOf(slots[i + 3])];
    four.fromD = chunks.offset(slots[i + 3]);
  }

  /** All slots are ours; there is no greatest one. */
  @Override
  public final int maxOrd() {
    return Integer.MAX_VALUE;
  }

  /** Changes a row just copied into what the sums want. */
  abstract void prepare(float[] row);

  /** The kernel's sum for the row at {@code from}. */
  abstract float sum(float[] rows, int from);

  /** The kernel's sums for four rows. */
  abstract void sums(Kernels.Rows rows, float[] sums, int to);

  /** The score that a sum means for {@code slot}; never NaN, never infinite. */
  abstract float score(float sum, int slot);
}
