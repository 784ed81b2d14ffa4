package dev.kagami.agent.index;

import dev.kagami.core.store.Degrees;
import dev.kagami.core.store.GraphStatistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.FixedBitSet;

/**
 * Counts the edges of the graph's lowest level, which takes a pass over all of it: at most once a
 * minute, and one at a time. Thread-safe; who asks meanwhile waits, so not for an event loop.
 */
final class GraphSurvey {
  static final Duration KEPT_FOR = Duration.ofMinutes(1);

  /** Edges whose length is measured. */
  private static final int SAMPLES = 10_000;

  private final InstantSource clock;

  // Guarded by this.
  private Optional<Survey> last = Optional.empty();

  private record Survey(Contents contents, Instant at, GraphStatistics result) {}

  GraphSurvey(InstantSource clock) {
    this.clock = clock;
  }

  /** The shape of the graph now, or less than {@link #KEPT_FOR} ago. */
  synchronized GraphStatistics of(Engine engine) {
    var now = clock.instant();
    return last.filter(survey -> survey.contents() == engine.contents())
        .filter(survey -> survey.at().plus(KEPT_FOR).isAfter(now))
        .map(Survey::result)
        .orElseGet(() -> {
          var result = count(engine);
          last = Optional.of(new Survey(engine.contents(), now, result));
          return result;
        });
  }

  private static GraphStatistics count(Engine engine) {
    var contents = engine.contents();
    var visible = contents.visible();
    int slots = Math.min(contents.slots().ever(), visible.length());
    var pending = new FixedBitSet(slots);
    contents
        .pending()
        .forEach(slot -> {
          if (slot < slots) {
            pending.set(slot);
          }
        });
    var lengths = new Lengths(engine, slots);
    int[] in = new int[slots];
    int[] out = new int[slots];
    long removed = 0;
    for (int slot = 0; slot < slots; slot++) {
      int[] neighbors = engine.graph().neighbors(slot);
      out[slot] = neighbors.length;
      for (int neighbor : neighbors) {
        if (neighbor < slots) {
          in[neighbor]++;
        }
      }
      lengths.sample(slot, neighbors);
      removed += visible.get(slot) || pending.get(slot) ? 0 : 1;
    }
    return new GraphStatistics(
        degrees(in, pending), degrees(out, pending), visible.count(), removed, lengths.mean());
  }

  private static Degrees degrees(int[] edges, FixedBitSet pending) {
    List<Long> histogram = new ArrayList<>();
    for (int slot = 0; slot < edges.length; slot++) {
      if (pending.get(slot)) {
        continue;
      }
      int degree = edges[slot];
      while (histogram.size() <= degree) {
        histogram.add(0L);
      }
      histogram.set(degree, histogram.get(degree) + 1);
    }
    return new Degrees(histogram);
  }

  /** The first edge of slots that lie evenly among all. */
  private static final class Lengths {
    private final Engine engine;
    private final int every;
    private double sum;
    private int count;

    Lengths(Engine engine, int slots) {
      this.engine = engine;
      this.every = Math.max(1, slots / SAMPLES);
    }

    void sample(int slot, int[] neighbors) {
      if (neighbors.length > 0 && slot % every == 0) {
        var vector = engine.contents().chunks().vector(slot).toArray();
        sum += engine.distances().distance(vector, neighbors[0]);
        count++;
      }
    }

    double mean() {
      return sum / Math.max(1, count);
    }
  }
}
