package dev.kagami.bench;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors to store, vectors to ask for, and the true answers.
 *
 * @param truth numbers in {@code base} of the ten nearest of each query
 */
record DataSet(Metric metric, List<float[]> base, List<float[]> queries, List<int[]> truth) {
  static final int NUM = 10;

  private static final String QUERY = "query-";
  private static final int QUERY_EVERY = 11;

  /**
   * Reads {@code file}: ids that begin with "query-" are asked, or every eleventh if there are
   * none; not more than {@code mostQueries}.
   */
  static DataSet read(Path file, Metric metric, int mostQueries) {
    var base = new ArrayList<float[]>();
    var queries = new ArrayList<float[]>();
    var all = SampleWords.read(file);
    boolean named = all.keySet().stream().anyMatch(id -> id.value().startsWith(QUERY));
    int number = 0;
    for (var entry : all.entrySet()) {
      boolean asked =
          named ? entry.getKey().value().startsWith(QUERY) : number++ % QUERY_EVERY == 0;
      (asked ? queries : base).add(entry.getValue().toArray());
    }
    var some = queries.subList(0, Math.min(queries.size(), mostQueries));
    return new DataSet(metric, base, some, new Exhaustive(base, metric).nearest(some, NUM));
  }

  VectorSpace space() {
    return new VectorSpace(base.getFirst().length, metric);
  }

  /** What an engine that knows no cosine stores or asks instead: of length 1, same direction. */
  float[] prepared(float[] vector) {
    return metric.needsDirection() ? unit(vector) : vector;
  }

  private static float[] unit(float[] vector) {
    double length = 0;
    for (float component : vector) {
      length += (double) component * component;
    }
    var unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(length));
    }
    return unit;
  }

  /** How many of {@code found} belong to the answer of {@code query}. */
  int right(int query, int[] found) {
    int right = 0;
    for (int hit : found) {
      for (int wanted : truth.get(query)) {
        right += hit == wanted ? 1 : 0;
      }
    }
    return right;
  }
}
