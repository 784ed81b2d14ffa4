package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    var chunks = new VectorChunks(dimension, false, kernels.lanes());
    for (int slot = 0; slot < 5; slot++) {
      chunks.put(slot, vector(random, dimension));
    }
    var query = new float[chunks.stride()];
    vector(random, dimension).copyTo(query, 0);
    var four = new Kernels.Rows();
    four.a = chunks.chunk(1);
    four.fromA = chunks.offset(1);
    four.b = chunks.chunk(2);
    four.fromB = chunks.offset(2);
    four.c = chunks.chunk(3);
    four.fromC = chunks.offset(3);
    four.d = chunks.chunk(4);
    four.fromD = chunks.offset(4);
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

  @Test
  void vectorModuleIsThere_itsKernelsAreTaken() {
    assertThat(Kernels.best()).isInstanceOf(PanamaKernels.class);
  }

  private static Vector vector(SplittableRandom random, int dimension) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }
}
