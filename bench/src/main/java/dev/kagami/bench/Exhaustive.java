package dev.kagami.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The true nearest by cosine, in double precision: what the others are held against. */
final class Exhaustive {
  private final List<float[]> base;

  private record Hit(int number, double cosine) {}

  Exhaustive(List<float[]> base) {
    this.base = base;
  }

  int[] nearest(float[] query, int num) {
    var best = new PriorityQueue<Hit>(Comparator.comparingDouble(Hit::cosine));
    for (int number = 0; number < base.size(); number++) {
      var hit = new Hit(number, cosine(query, base.get(number)));
      if (best.size() < num || hit.cosine() > best.element().cosine()) {
        best.add(hit);
        if (best.size() > num) {
          best.remove();
        }
      }
    }
    var numbers = best.stream().mapToInt(Hit::number).toArray();
    Arrays.sort(numbers);
    return numbers;
  }

  /** Times the length of {@code query}, which does not change the order. */
  private static double cosine(float[] query, float[] vector) {
    double product = 0;
    double length = 0;
    for (int i = 0; i < query.length; i++) {
      product += (double) query[i] * vector[i];
      length += (double) vector[i] * vector[i];
    }
    return product / Math.sqrt(length);
  }
}
