package dev.kagami.bench;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How fast one engine is at which recall: the best of all rounds for each effort. */
final class Curve {
  private record Point(double recall, double perSecond) {}

  private final TreeMap<Integer, Point> points = new TreeMap<>();

  void add(int effort, double recall, double perSecond) {
    points.merge(
        effort,
        new Point(recall, perSecond),
        (one, other) -> one.perSecond() >= other.perSecond() ? one : other);
  }

  /** Queries per second at {@code recall}, log-linear between points; empty beyond them. */
  OptionalDouble perSecondAt(double recall) {
    Map.Entry<Integer, Point> below = null;
    for (var point : points.entrySet()) {
      if (point.getValue().recall() >= recall && below != null) {
        return OptionalDouble.of(between(below.getValue(), point.getValue(), recall));
      }
      if (point.getValue().recall() < recall) {
        below = point;
      }
    }
    return OptionalDouble.empty();
  }

  private static double between(Point below, Point above, double recall) {
    double share = (recall - below.recall()) / (above.recall() - below.recall());
    double slow = Math.log(below.perSecond());
    return Math.exp(slow + share * (Math.log(above.perSecond()) - slow));
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    points.forEach((effort, point) ->
        text.append(
            String.format(
                Locale.ROOT,
                "  ef %4d  recall %.4f  %8.0f/s%n",
                effort,
                point.recall(),
                point.perSecond())));
    return text.toString();
  }
}
