package dev.kagami.bench;

import dev.kagami.core.vector.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The true nearest by L2 or cosine, in double precision: what the others are held against. Works on
 * a block of queries at a time, component by component, which the compiler makes vectors of.
 */
final class Exhaustive {
  private static final int BLOCK = 64;

  private final List<float[]> base;
  private final Metric metric;

  private record Hit(int number, double rank) {}

  private static final Comparator<Hit> FARTHEST_FIRST =
      Comparator.comparingDouble(Hit::rank).thenComparingInt(Hit::number).reversed();

  Exhaustive(List<float[]> base, Metric metric) {
    this.base = base;
    this.metric = metric;
  }

  /** The numbers of the {@code num} nearest of each query, in ascending order. */
  List<int[]> nearest(List<float[]> queries, int num) {
    var all = new ArrayList<int[]>();
    for (int from = 0; from < queries.size(); from += BLOCK) {
      all.addAll(
          nearestOfBlock(queries.subList(from, Math.min(from + BLOCK, queries.size())), num));
    }
    return all;
  }

  private List<int[]> nearestOfBlock(List<float[]> queries, int num) {
    double[][] columns = columns(queries);
    var best = new ArrayList<PriorityQueue<Hit>>();
    queries.forEach(_ -> best.add(new PriorityQueue<>(FARTHEST_FIRST)));
    var products = new double[queries.size()];
    for (int number = 0; number < base.size(); number++) {
      float[] vector = base.get(number);
      Arrays.fill(products, 0);
      double square = 0;
      for (int i = 0; i < vector.length; i++) {
        add(products, vector[i], columns[i]);
        square += (double) vector[i] * vector[i];
      }
      for (int i = 0; i < products.length; i++) {
        keep(best.get(i), new Hit(number, rank(products[i], square)), num);
      }
    }
    return best.stream()
        .map(hits -> hits.stream().mapToInt(Hit::number).sorted().toArray())
        .toList();
  }

  private static double[][] columns(List<float[]> queries) {
    var columns = new double[queries.getFirst().length][queries.size()];
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j < queries.size(); j++) {
        columns[i][j] = queries.get(j)[i];
      }
    }
    return columns;
  }

  private static void add(double[] products, double factor, double[] column) {
    for (int i = 0; i < products.length; i++) {
      products[i] += factor * column[i];
    }
  }

  /** Without what is the same for all vectors. */
  private double rank(double product, double square) {
    return switch (metric) {
      case L2 -> square - 2 * product;
      case COSINE -> -product / Math.sqrt(square);
      default -> throw new IllegalArgumentException(metric + " is not measured");
    };
  }

  private static void keep(PriorityQueue<Hit> best, Hit hit, int num) {
    if (best.size() < num || hit.rank() < best.element().rank()) {
      best.add(hit);
      if (best.size() > num) {
        best.remove();
      }
    }
  }
}
