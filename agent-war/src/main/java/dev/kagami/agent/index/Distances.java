package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.Optional;

/**
 * The only place that knows both a score (greater is nearer) and Vald's distance (smaller is
 * nearer). A score is a rank with its sign turned, the rank being what is cheapest to compute in
 * the order of the distance; an answer is computed anew, in double precision. Thread-safe.
 *
 * <p>Ranks are floats: L2 distances beyond 1.8e19 are all equally far to the graph, those below
 * 1e-22 equally near, though their answers are right.
 */
final class Distances implements Scorers {
  private final Metric metric;
  private final VectorChunks chunks;
  private final Kernels kernels;

  Distances(Metric metric, VectorChunks chunks, Kernels kernels) {
    this.metric = metric;
    this.chunks = chunks;
    this.kernels = kernels;
  }

  /** Vald's distance of {@code query} and the vector in {@code slot}. */
  float distance(float[] query, int slot) {
    return (float)
        Exact.distance(
            metric, query, 0, chunks.chunk(slot), chunks.offset(slot), chunks.dimension());
  }

  /** A scorer of the vectors near {@code query}. */
  Scorer scorer(Vector query) {
    return scorer().about(query);
  }

  @Override
  public Optional<Nearness> rough(Scorer prepared) {
    return chunks.codes().flatMap(codes -> RoughScorer.like(prepared, codes, metric, kernels));
  }

  @Override
  public Scorer scorer() {
    return switch (metric) {
      case L1 -> new Manhattan(chunks, kernels);
      case L2 -> new Squared(chunks, kernels);
      case INNER_PRODUCT -> new Product(chunks, kernels);
      case ANGLE, COSINE, NORMALIZED_L2, NORMALIZED_ANGLE, NORMALIZED_COSINE ->
          new Direction(chunks, kernels);
      case HAMMING -> new DifferingBits(chunks, kernels);
      case JACCARD -> new SharedBits(chunks, kernels);
    };
  }

  private static float finite(double score) {
    return (float) Math.clamp(score, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /** Rank: the sum of absolute differences. */
  private static final class Manhattan extends Scorer {
    private final Kernels kernels;

    Manhattan(VectorChunks chunks, Kernels kernels) {
      super(chunks);
      this.kernels = kernels;
    }

    @Override
    void prepare(float[] row) {}

    @Override
    float sum(float[] rows, int from) {
      return kernels.manhattan(query, rows, from);
    }

    @Override
    void sums(Kernels.Rows rows, float[] sums, int to) {
      kernels.manhattan(query, rows, sums, to);
    }

    @Override
    float score(float sum, int slot) {
      return Math.max(-sum, -Float.MAX_VALUE);
    }
  }

  /** Rank: the sum of squared differences. */
  private static final class Squared extends Scorer {
    private final Kernels kernels;

    Squared(VectorChunks chunks, Kernels kernels) {
      super(chunks);
      this.kernels = kernels;
    }

    @Override
    void prepare(float[] row) {}

    @Override
    float sum(float[] rows, int from) {
      return kernels.squared(query, rows, from);
    }

    @Override
    void sums(Kernels.Rows rows, float[] sums, int to) {
      kernels.squared(query, rows, sums, to);
    }

    @Override
    float score(float sum, int slot) {
      return Math.max(-sum, -Float.MAX_VALUE);
    }
  }

  /** Rank: the negative dot product. */
  private static final class Product extends Scorer {
    private final VectorChunks chunks;
    private final Kernels kernels;

    Product(VectorChunks chunks, Kernels kernels) {
      super(chunks);
      this.chunks = chunks;
      this.kernels = kernels;
    }

    @Override
    void prepare(float[] row) {}

    @Override
    float sum(float[] rows, int from) {
      return kernels.dot(query, rows, from);
    }

    @Override
    void sums(Kernels.Rows rows, float[] sums, int to) {
      kernels.dot(query, rows, sums, to);
    }

    @Override
    float score(float sum, int slot) {
      return Float.isFinite(sum)
          ? sum
          : finite(
              Exact.dot(query, 0, chunks.chunk(slot), chunks.offset(slot), chunks.dimension()));
    }
  }

  /** Rank: the negative cosine; the query is brought to length 1, the row by its own factor. */
  private static final class Direction extends Scorer {
    private final VectorChunks chunks;
    private final Kernels kernels;

    Direction(VectorChunks chunks, Kernels kernels) {
      super(chunks);
      this.chunks = chunks;
      this.kernels = kernels;
    }

    @Override
    void prepare(float[] row) {
      double length = Math.sqrt(Exact.dot(row, 0, row, 0, chunks.dimension()));
      for (int i = 0; i < chunks.dimension(); i++) {
        row[i] = (float) (row[i] / length);
      }
    }

    // A builder asks for this dozens of times per link: no division.
    @Override
    void prepare(float[] row, int slot) {
      float inverse = chunks.inverseLength(slot);
      if (inverse > 0) {
        for (int i = 0; i < chunks.dimension(); i++) {
          row[i] *= inverse;
        }
      } else {
        prepare(row);
      }
    }

    @Override
    float sum(float[] rows, int from) {
      return kernels.dot(query, rows, from);
    }

    @Override
    void sums(Kernels.Rows rows, float[] sums, int to) {
      kernels.dot(query, rows, sums, to);
    }

    @Override
    float score(float sum, int slot) {
      float inverse = chunks.inverseLength(slot);
      return inverse > 0
          ? sum * inverse
          : finite(
              Exact.cosine(query, 0, chunks.chunk(slot), chunks.offset(slot), chunks.dimension()));
    }
  }

  /** By the bits that a row has in common with the query. */
  private abstract static class BitScorer extends Scorer {
    private final VectorChunks chunks;
    private final Kernels kernels;
    private int ofQuery;

    BitScorer(VectorChunks chunks, Kernels kernels) {
      super(chunks);
      this.chunks = chunks;
      this.kernels = kernels;
    }

    @Override
    final void prepare(float[] row) {
      ofQuery = BitCounts.set(row, 0, chunks.dimension());
    }

    @Override
    final float sum(float[] rows, int from) {
      return kernels.common(query, rows, from);
    }

    @Override
    final void sums(Kernels.Rows rows, float[] sums, int to) {
      kernels.common(query, rows, sums, to);
    }

    @Override
    final float score(float common, int slot) {
      return scored(common, ofQuery + chunks.bitsSet(slot));
    }

    /**
     * @param both bits set in the one and in the other, added up
     */
    abstract float scored(float common, float both);
  }

  /** Rank: the number of bits that differ. */
  private static final class DifferingBits extends BitScorer {
    DifferingBits(VectorChunks chunks, Kernels kernels) {
      super(chunks, kernels);
    }

    @Override
    float scored(float common, float both) {
      return 2 * common - both;
    }
  }

  /** Rank: the negative share of common bits. */
  private static final class SharedBits extends BitScorer {
    SharedBits(VectorChunks chunks, Kernels kernels) {
      super(chunks, kernels);
    }

    @Override
    float scored(float common, float both) {
      return both == 0 ? 1 : common / (both - common);
    }
  }
}
