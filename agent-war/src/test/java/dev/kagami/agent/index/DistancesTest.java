package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kagami.core.vector.ExactDistance;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric against the definitions in double precision. */
class DistancesTest {
  private static final int DIMENSION = 20;
  private static final Kernels KERNELS = new PanamaKernels();

  static Stream<Arguments> metricsAndSizes() {
    return metricsOfFloats()
        .flatMap(metric ->
            Stream.of(1e-38, 1e-30, 1e-15, 1.0, 1e15, 1e30, 1e37)
                .map(size -> Arguments.of(metric, size)));
  }

  @ParameterizedTest
  @MethodSource("metricsAndSizes")
  void distance_isTheDefinitions(Metric metric, double size) {
    var vectors = vectors(size);
    var chunks = new VectorChunks(DIMENSION, metric, KERNELS.lanes());
    var distances = filled(metric, chunks, vectors);
    for (var query : vectors) {
      for (int slot = 0; slot < vectors.size(); slot++) {
        float expected = ExactDistance.between(metric, query, vectors.get(slot));

        assertThat(distances.distance(query.toArray(), slot)).isEqualTo(expected);
      }
    }
  }

  /** The nearer must have the greater score, unless floats cannot tell the two apart. */
  @ParameterizedTest
  @MethodSource("metricsAndSizes")
  void scores_orderAsTheDistancesDo(Metric metric, double size) {
    var vectors = vectors(size);
    var chunks = new VectorChunks(DIMENSION, metric, KERNELS.lanes());
    var distances = filled(metric, chunks, vectors);
    var slots = new int[vectors.size()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = slot;
    }
    for (int of = 0; of < vectors.size(); of++) {
      var query = vectors.get(of);
      var scores = new float[slots.length];
      float best = distances.scorer(query).bulkScore(slots, scores, slots.length);
      var ofStored = distances.scorer(Vector.of(new float[DIMENSION]));
      ofStored.about(of);

      for (int slot = 0; slot < slots.length; slot++) {
        assertThat(scores[slot]).as("a number").isFinite().isLessThanOrEqualTo(best);
        assertThat(ofStored.score(slot)).isCloseTo(scores[slot], within(tolerance(scores[slot])));
        for (int other = 0; other < slots.length; other++) {
          if (isClearlyLess(metric, query, vectors.get(slot), vectors.get(other))) {
            assertThat(scores[slot]).isGreaterThanOrEqualTo(scores[other]);
          }
        }
      }
    }
  }

  static Stream<Metric> metricsOfFloats() {
    return Stream.of(Metric.values()).filter(metric -> !metric.comparesBits());
  }

  @ParameterizedTest
  @MethodSource("metricsOfFloats")
  void oppositeAndEqualVectors_haveTheirPlainDistances(Metric metric) {
    var one = Vector.of(3, 4);
    var opposite = Vector.of(-3, -4);
    var chunks = new VectorChunks(2, metric, KERNELS.lanes());
    var distances = filled(metric, chunks, List.of(one, opposite));

    float toItself = distances.distance(one.toArray(), 0);
    float toOpposite = distances.distance(one.toArray(), 1);

    assertThat(toItself).isEqualTo(metric == Metric.INNER_PRODUCT ? -25 : 0);
    assertThat(toOpposite)
        .isCloseTo(
            switch (metric) {
              case L1 -> 14f;
              case L2 -> 10f;
              case ANGLE, NORMALIZED_ANGLE -> (float) Math.PI;
              case COSINE, NORMALIZED_COSINE, NORMALIZED_L2 -> 2f;
              case INNER_PRODUCT -> 25f;
              case HAMMING, JACCARD -> throw new AssertionError(metric);
            },
            within(1e-6f));
  }

  private static Distances filled(Metric metric, VectorChunks chunks, List<Vector> vectors) {
    for (int slot = 0; slot < vectors.size(); slot++) {
      chunks.put(slot, vectors.get(slot));
    }
    return new Distances(metric, chunks, KERNELS);
  }

  /** Random vectors of about this size, the first one's opposite, and its double. */
  private static List<Vector> vectors(double size) {
    var random = new SplittableRandom(7);
    var vectors = new ArrayList<Vector>();
    for (int i = 0; i < 20; i++) {
      var components = new float[DIMENSION];
      for (int k = 0; k < DIMENSION; k++) {
        components[k] = (float) (random.nextDouble(-1, 1) * size);
      }
      vectors.add(Vector.adopt(components));
    }
    vectors.add(times(-1, vectors.getFirst()));
    vectors.add(times(2, vectors.getFirst()));
    return vectors;
  }

  private static Vector times(float factor, Vector vector) {
    var components = vector.toArray();
    for (int i = 0; i < components.length; i++) {
      components[i] *= factor;
    }
    return Vector.adopt(components);
  }

  private static boolean isClearlyLess(Metric metric, Vector query, Vector a, Vector b) {
    double less = distance(metric, query, a);
    double more = distance(metric, query, b);
    return less < more - 1e-5 * Math.max(1, Math.abs(more));
  }

  private static double distance(Metric metric, Vector a, Vector b) {
    return Exact.distance(metric, a.toArray(), 0, b.toArray(), 0, a.dimension());
  }

  private static float tolerance(float score) {
    return Math.max(1e-6f, Math.abs(score) * 1e-5f);
  }
}
