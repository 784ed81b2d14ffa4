package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {

  static Stream<Arguments> kernelsAndDimensions() {
    return Stream.of(new PanamaKernels(), new ScalarKernels())
        .flatMap(kernels ->
            Stream.of(2, 7, 8, 9, 15, 16, 17, 100, 784, 1025, 65_536)
                .map(dimension -> Arguments.of(kernels, dimension)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndDimensions")
  void sums_areThoseOfPlainLoopsInDoublePrecision(Kernels kernels, int dimension) {
    var random = new SplittableRandom(dimension);
    var chunks = new VectorChunks(dimension, Metric.L2, kernels.lanes());
    for (int slot = 0; slot < 5; slot++) {
      chunks.put(slot, vector(random, dimension));
    }
    var query = new float[chunks.stride()];
    vector(random, dimension).copyTo(query, 0);
    var four = rows(chunks, 1);
    var dots = new float[5];
    var squares = new float[5];
    var differences = new float[5];

    kernels.dot(query, four, dots, 1);
    kernels.squared(query, four, squares, 1);
    kernels.manhattan(query, four, differences, 1);

    for (int slot = 1; slot < 5; slot++) {
      float[] rows = chunks.chunk(slot);
      int from = chunks.offset(slot);
      double dot = 0;
      double square = 0;
      double difference = 0;
      for (int i = 0; i < dimension; i++) {
        dot += (double) query[i] * rows[from + i];
        square += Math.pow((double) query[i] - rows[from + i], 2);
        difference += Math.abs((double) query[i] - rows[from + i]);
      }
      var tolerance = within(1e-5 * dimension); // rounding grows with the sum
      assertThat((double) dots[slot]).isCloseTo(dot, tolerance);
      assertThat((double) squares[slot]).isCloseTo(square, tolerance);
      assertThat((double) differences[slot]).isCloseTo(difference, tolerance);
      assertThat((double) kernels.dot(query, rows, from)).isCloseTo(dot, tolerance);
      assertThat((double) kernels.squared(query, rows, from)).isCloseTo(square, tolerance);
      assertThat((double) kernels.manhattan(query, rows, from)).isCloseTo(difference, tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndDimensions")
  void commonBits_areCountedExactly(Kernels kernels, int dimension) {
    var random = new SplittableRandom(dimension);
    var chunks = new VectorChunks(dimension, Metric.JACCARD, kernels.lanes());
    for (int slot = 0; slot < 4; slot++) {
      chunks.put(slot, bytes(random, dimension));
    }
    var query = new float[chunks.stride()];
    bytes(random, dimension).copyTo(query, 0);
    var counts = new float[5];

    kernels.common(query, rows(chunks, 0), counts, 1);

    for (int slot = 0; slot < 4; slot++) {
      float[] rows = chunks.chunk(slot);
      int from = chunks.offset(slot);
      int common = 0;
      for (int i = 0; i < dimension; i++) {
        for (int bit = 1; bit <= 128; bit *= 2) {
          common += ((int) query[i] & bit) != 0 && ((int) rows[from + i] & bit) != 0 ? 1 : 0;
        }
      }
      assertThat(counts[slot + 1]).isEqualTo(common);
      assertThat(kernels.common(query, rows, from)).isEqualTo(common);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndDimensions")
  void productsOfCodes_areSummedExactly(Kernels kernels, int dimension) {
    int width = (dimension + 63) / 64 * 32;
    var random = new SplittableRandom(dimension);
    var low = new short[width];
    var high = new short[width];
    var rows = new short[width + 3];
    long expected = 0;
    for (int i = 0; i < width; i++) {
      int[] codes = random.ints(4, -1, 2).map(sign -> sign * 127).toArray(); // the greatest sums
      low[i] = (short) codes[0];
      high[i] = (short) codes[1];
      rows[i + 3] = (short) ((codes[2] & 0xFF) | (codes[3] << 8));
      expected += codes[0] * codes[2] + codes[1] * codes[3];
    }

    assertThat((long) kernels.products(low, high, rows, 3)).isEqualTo(expected);
  }

  @Test
  void vectorModuleIsThere_itsKernelsAreTaken() {
    assertThat(Kernels.best()).isInstanceOf(PanamaKernels.class);
  }

  private static Kernels.Rows rows(VectorChunks chunks, int slot) {
    var four = new Kernels.Rows();
    four.a = chunks.chunk(slot);
    four.fromA = chunks.offset(slot);
    four.b = chunks.chunk(slot + 1);
    four.fromB = chunks.offset(slot + 1);
    four.c = chunks.chunk(slot + 2);
    four.fromC = chunks.offset(slot + 2);
    four.d = chunks.chunk(slot + 3);
    four.fromD = chunks.offset(slot + 3);
    return four;
  }

  private static Vector bytes(SplittableRandom random, int dimension) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = random.nextInt(256);
    }
    return Vector.adopt(components);
  }

  private static Vector vector(SplittableRandom random, int dimension) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }
}
