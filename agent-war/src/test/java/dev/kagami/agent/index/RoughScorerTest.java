package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rough scores beside those of the vectors themselves. */
class RoughScorerTest {
  private static final Kernels KERNELS = Kernels.best();
  private static final int SLOTS = 40;

  @ParameterizedTest
  @CsvSource({
    "L2, 2",
    "L2, 7",
    "L2, 100",
    "L2, 784",
    "INNER_PRODUCT, 9",
    "INNER_PRODUCT, 65",
    "ANGLE, 100",
    "COSINE, 3",
    "COSINE, 100",
    "NORMALIZED_L2, 64",
    "NORMALIZED_COSINE, 8"
  })
  void scores_areOffByNoMoreThanRoundingCanBe(Metric metric, int dimension) {
    var random = new SplittableRandom(dimension);
    var chunks = new VectorChunks(dimension, metric, KERNELS.lanes());
    for (int slot = 0; slot < SLOTS; slot++) {
      chunks.put(slot, vector(random, dimension));
    }
    var distances = new Distances(metric, chunks, KERNELS);
    var exact = distances.scorer(vector(random, dimension));
    var rough = distances.rough(exact).orElseThrow();
    int[] slots = IntStream.range(0, SLOTS).toArray();
    var roughScores = new float[SLOTS];
    var exactScores = new float[SLOTS];

    float best = rough.bulkScore(slots, roughScores, SLOTS);
    float _ = exact.bulkScore(slots, exactScores, SLOTS);

    // components below 1 are off by 1/254 each, on both sides; lengths are sqrt(d / 3) or so
    double off = metric.needsDirection() ? 0.02 : 4.0 * dimension / 127;
    for (int slot = 0; slot < SLOTS; slot++) {
      assertThat(roughScores[slot]).isCloseTo(exactScores[slot], within((float) off));
      assertThat(rough.score(slot)).isEqualTo(roughScores[slot]);
      assertThat(roughScores[slot]).isLessThanOrEqualTo(best);
    }
  }

  @Test
  void vectorIsAllZeros_itsScoreIsThatOfTheOrigin() {
    var chunks = new VectorChunks(2, Metric.L2, KERNELS.lanes());
    chunks.put(0, Vector.of(0, 0));
    var distances = new Distances(Metric.L2, chunks, KERNELS);

    var rough = distances.rough(distances.scorer(Vector.of(3, 4))).orElseThrow();

    assertThat(rough.score(0)).isCloseTo(-25, within(0.5f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e30f})
  void vectorIsOfUnusualSize_itsScoreIsThatOfTheVectorItself(float size) {
    var chunks = new VectorChunks(2, Metric.L2, KERNELS.lanes());
    chunks.put(0, Vector.of(1, 2));
    chunks.put(1, Vector.of(0, size));
    var distances = new Distances(Metric.L2, chunks, KERNELS);
    var exact = distances.scorer(Vector.of(3, 4));

    var rough = distances.rough(exact).orElseThrow();

    assertThat(rough.score(0)).isCloseTo(-8, within(0.5f));
    assertThat(rough.score(1)).isEqualTo(exact.score(1));
  }

  @Test
  void lengthIsBeyondItsInverse_itsScoreIsThatOfTheVectorItself() {
    var chunks = new VectorChunks(2, Metric.COSINE, KERNELS.lanes());
    chunks.put(0, Vector.of(1e-32f, 0));
    var distances = new Distances(Metric.COSINE, chunks, KERNELS);
    var exact = distances.scorer(Vector.of(3, 4));

    assertThat(distances.rough(exact).orElseThrow().score(0)).isEqualTo(exact.score(0));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e30f})
  void queryIsOfUnusualSize_nothingIsScoredRoughly(float size) {
    var chunks = new VectorChunks(2, Metric.L2, KERNELS.lanes());
    chunks.put(0, Vector.of(1, 2));
    var distances = new Distances(Metric.L2, chunks, KERNELS);

    assertThat(distances.rough(distances.scorer(Vector.of(size, 0)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"L1", "HAMMING", "JACCARD"})
  void metricIsNotMadeOfProducts_nothingIsScoredRoughly(Metric metric) {
    var chunks = new VectorChunks(2, metric, KERNELS.lanes());
    chunks.put(0, Vector.of(1, 2));
    var distances = new Distances(metric, chunks, KERNELS);

    assertThat(distances.rough(distances.scorer(Vector.of(1, 2)))).isEmpty();
  }

  private static Vector vector(SplittableRandom random, int dimension) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }
}
