package dev.kagami.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many edges the vectors of a graph have.
 *
 * @param histogram how many vectors have none, one, two edges and so on
 */
public record Degrees(List<Long> histogram) {
  /** Of no vectors. */
  public static final Degrees NONE = new Degrees(List.of());

  public Degrees {
    histogram = List.copyOf(histogram);
  }

  /** Of both together. */
  public Degrees plus(Degrees other) {
    var sum = new ArrayList<Long>();
    for (int i = 0; i < Math.max(histogram.size(), other.histogram.size()); i++) {
      sum.add(with(i) + other.with(i));
    }
    return new Degrees(sum);
  }

  /** How many vectors have {@code degree} edges. */
  public long with(int degree) {
    return degree < histogram.size() ? histogram.get(degree) : 0;
  }

  /** How many vectors there are. */
  public long vectors() {
    return histogram.stream().mapToLong(Long::longValue).sum();
  }

  /** How many edges there are. */
  public long edges() {
    return IntStream.range(0, histogram.size()).mapToLong(i -> i * with(i)).sum();
  }

  /** The least number of edges; 0 if there is no vector. */
  public int min() {
    return IntStream.range(0, histogram.size()).filter(i -> with(i) > 0).findFirst().orElse(0);
  }

  /** The greatest number of edges. */
  public int max() {
    return IntStream.range(0, histogram.size()).filter(i -> with(i) > 0).max().orElse(0);
  }

  /** The number of edges that most vectors have, the least if there are several. */
  public int mode() {
    return IntStream.range(0, histogram.size())
        .reduce((best, i) -> with(i) > with(best) ? i : best)
        .orElse(0);
  }

  /** The number of edges that this share of the vectors, 0 to 1, does not exceed. */
  public int quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * vectors()));
    long seen = 0;
    for (int i = 0; i < histogram.size(); i++) {
      seen += with(i);
      if (seen >= wanted) {
        return i;
      }
    }
    return 0;
  }

  /** Edges per vector; 0 if there is no vector. */
  public double mean() {
    long vectors = vectors();
    return vectors == 0 ? 0 : (double) edges() / vectors;
  }

  /** The mean of the squared differences from the mean. */
  public double variance() {
    double mean = mean();
    double squares =
        IntStream.range(0, histogram.size())
            .mapToDouble(i -> with(i) * (i - mean) * (i - mean))
            .sum();
    return squares / Math.max(1, vectors());
  }
}
