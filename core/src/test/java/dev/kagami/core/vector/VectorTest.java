package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorTest {

  @Test
  void arrayIsChangedAfterwards_vectorIsNot() {
    var array = new float[] {1, 2};
    var vector = Vector.of(array);

    array[0] = 9;
    vector.toArray()[1] = 9;

    assertThat(vector.toArray()).containsExactly(1, 2);
    assertThat(vector.component(0)).isEqualTo(1);
    assertThat(vector.dimension()).isEqualTo(2);
  }

  @Test
  void vectorIsCopiedOut_landsAtTheOffset() {
    var target = new float[4];

    Vector.of(1, 2).copyTo(target, 1);

    assertThat(target).containsExactly(0, 1, 2, 0);
  }

  @Test
  void bitsDiffer_vectorsAndTheirHashesDiffer() {
    var zero = Vector.of(0.0f, 1);
    var minusZero = Vector.of(-0.0f, 1);
    var denormal = Vector.of(Float.MIN_VALUE, 1);

    assertThat(zero).isNotEqualTo(minusZero).isNotEqualTo(denormal).isEqualTo(Vector.of(0.0f, 1));
    assertThat(zero).hasSameHashCodeAs(Vector.of(0.0f, 1));
    assertThat(new long[] {zero.contentHash(), minusZero.contentHash(), denormal.contentHash()})
        .doesNotHaveDuplicates();
    assertThat(zero.contentHash()).isEqualTo(Vector.of(0.0f, 1).contentHash());
  }

  @Test
  void toString_doesNotSpillTheFloats() {
    assertThat(Vector.of(1, 2, 3)).hasToString("Vector[3]");
  }
}
