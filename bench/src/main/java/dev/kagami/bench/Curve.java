package dev.kagami.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How fast one engine is at which recall. Queries are asked block by block, and of each block the
 * best of all rounds counts: what disturbs the machine now and then must hit one block in every
 * round to show.
 */
final class Curve {
  /**
   * A block of queries that were asked.
   *
   * @param right how many of the true neighbours it found
   * @param nanos what CPU time it took
   */
  record Block(int queries, int right, long nanos) {
    Block faster(Block other) {
      return nanos <= other.nanos ? this : other;
    }
  }

  private record Point(double recall, double perSecond) {
    static Point of(Collection<Block> blocks) {
      double queries = blocks.stream().mapToInt(Block::queries).sum();
      return new Point(
          blocks.stream().mapToInt(Block::right).sum() / (DataSet.NUM * queries),
          queries * 1e9 / blocks.stream().mapToLong(Block::nanos).sum());
    }
  }

  private final Map<Integer, Map<Integer, Block>> blocks = new HashMap<>();

  /** Notes that the block of queries at {@code number} was asked with {@code effort}. */
  void add(int effort, int number, Block block) {
    blocks.computeIfAbsent(effort, _ -> new HashMap<>()).merge(number, block, Block::faster);
  }

  /** Queries per second at {@code recall}, log-linear between points; empty beyond them. */
  OptionalDouble perSecondAt(double recall) {
    Point below = null;
    for (var point : points().values()) {
      if (point.recall() >= recall && below != null) {
        return OptionalDouble.of(between(below, point, recall));
      }
      if (point.recall() < recall) {
        below = point;
      }
    }
    return OptionalDouble.empty();
  }

  private NavigableMap<Integer, Point> points() {
    var points = new TreeMap<Integer, Point>();
    blocks.forEach((effort, asked) -> points.put(effort, Point.of(asked.values())));
    return points;
  }

  private static double between(Point below, Point above, double recall) {
    double share = (recall - below.recall()) / (above.recall() - below.recall());
    double slow = Math.log(below.perSecond());
    return Math.exp(slow + share * (Math.log(above.perSecond()) - slow));
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    points()
        .forEach((effort, point) ->
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
