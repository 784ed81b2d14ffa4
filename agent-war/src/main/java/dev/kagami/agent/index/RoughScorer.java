package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;
import java.util.Optional;

/**
 * Scores by {@link Codes}: those of a {@link Scorer}, as far as codes can tell, and its own of
 * vectors that have none. Every line of memory is asked for before the first is used: a read across
 * two lines that are still on their way holds up all behind it. Not thread-safe.
 */
final class RoughScorer implements Nearness {
  private final Scorer exact;
  private final Codes codes;
  private final Kernels kernels;
  private final short[] low;
  private final short[] high;
  private final float factor;
  private final float addend;
  private final int[] one = new int[1];
  private final float[] scoreOfOne = new float[1];

  /** Has reads whose values nobody wants take place. */
  @SuppressWarnings("UnusedVariable")
  private int touched;

  private RoughScorer(Scorer exact, Codes codes, Kernels kernels, Metric metric, float step) {
    this.exact = exact;
    this.codes = codes;
    this.kernels = kernels;
    this.low = new short[codes.width()];
    this.high = new short[codes.width()];
    long squares = 0;
    for (int i = 0; i < codes.dimension(); i += 2) {
      int first = codes.code(exact.query, 0, i, step);
      int second = codes.code(exact.query, 0, i + 1, step);
      low[i / 2] = (short) first;
      high[i / 2] = (short) second;
      squares += first * first + second * second;
    }
    this.factor = metric == Metric.L2 ? 2 * step : step;
    this.addend = metric == Metric.L2 ? -step * step * squares : 0;
  }

  /**
   * A scorer about what {@code exact} is about.
   *
   * @return empty if codes cannot tell
   */
  static Optional<Nearness> like(Scorer exact, Codes codes, Metric metric, Kernels kernels) {
    float step = codes.step(exact.query, 0);
    return Codes.isUsual(step)
        ? Optional.of(new RoughScorer(exact, codes, kernels, metric, step))
        : Optional.empty();
  }

  @Override
  public float score(int slot) {
    one[0] = slot;
    return bulkScore(one, scoreOfOne, 1);
  }

  @Override
  public float bulkScore(int[] slots, float[] scores, int count) {
    short[][] all = codes.all(); // read once: whoever names a slot has seen its chunk
    for (int i = 0; i < count; i++) {
      touch(all[codes.chunkOf(slots[i])], codes.offset(slots[i]));
    }
    float best = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      short[] chunk = all[codes.chunkOf(slots[i])];
      int from = codes.offset(slots[i]);
      float products = kernels.products(low, high, chunk, from);
      float score =
          factor * codes.factor(chunk, from) * products + codes.addend(chunk, from) + addend;
      scores[i] = Float.isNaN(score) ? exact.score(slots[i]) : score;
      best = Math.max(best, scores[i]);
    }
    return best;
  }

  private void touch(short[] chunk, int from) {
    int sum = chunk[from + low.length - 1];
    for (int i = 0; i < low.length; i += Codes.BLOCK) {
      sum += chunk[from + i];
    }
    touched = sum;
  }
}
