package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorSpaceTest {

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 65_537, Integer.MAX_VALUE})
  void dimensionCannotBe_refusedNamingTheRange(int dimension) {
    assertThatThrownBy(() -> new VectorSpace(dimension, Metric.L2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension " + dimension + " is not within 2 to 65536");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 128, 65_536})
  void dimensionIsWithinTheRange_accepted(int dimension) {
    assertThat(new VectorSpace(dimension, Metric.L2).dimension()).isEqualTo(dimension);
  }

  @Test
  void dimensionsDiffer_refusedNamingBoth() {
    assertThatThrownBy(() -> new VectorSpace(3, Metric.L2).check(Vector.of(1, 2)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessage(
            "Incompatible Dimension Size detected: the vector has 2 dimensions, the index holds 3");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void componentIsNotFinite_refusedNamingItsPosition(float bad) {
    assertThatThrownBy(() -> new VectorSpace(3, Metric.L2).check(Vector.of(1, 2, bad)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageStartingWith("component 2 is " + bad);
  }

  /** As wide as it can be: bits for the metrics that compare them, else floats. */
  private static VectorSpace space(int dimension, Metric metric) {
    return new VectorSpace(
        dimension, metric, metric.comparesBits() ? ObjectType.UINT8 : ObjectType.FLOAT);
  }

  @ParameterizedTest
  @EnumSource
  void zeroVector_isRefusedOnlyWhereADirectionIsNeeded(Metric metric) {
    var space = space(2, metric);
    var zero = Vector.of(0.0f, -0.0f);

    if (metric.needsDirection()) {
      assertThatThrownBy(() -> space.check(zero))
          .isInstanceOf(InvalidArgument.class)
          .hasMessageContaining("zero vector");
    } else {
      assertThatCode(() -> space.check(zero)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HAMMING", "JACCARD"})
  void oddButFiniteComponents_areAccepted(Metric metric) {
    var space = new VectorSpace(3, metric);

    assertThatCode(() -> space.check(Vector.of(-0.0f, Float.MIN_VALUE, -Float.MAX_VALUE)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"HAMMING, FLOAT", "HAMMING, FLOAT16", "JACCARD, FLOAT", "JACCARD, FLOAT16"})
  void bitsOfWhatHasNone_areRefusedSayingWhatToSet(Metric metric, ObjectType type) {
    assertThatThrownBy(() -> new VectorSpace(4, metric, type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "distance %s compares bits, so the object type must be uint8, not %s; set that, or"
                + " another distance",
            metric.spelling(), type.spelling());
  }

  @Test
  void words_nameTheObjectTypeUnlessItIsFloat() {
    assertThat(new VectorSpace(3, Metric.L2).words()).isEqualTo("dimension 3, distance l2");
    assertThat(new VectorSpace(3, Metric.L1, ObjectType.UINT8).words())
        .isEqualTo("dimension 3, distance l1, object type uint8");
  }
}
