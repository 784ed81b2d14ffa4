package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {

  @ParameterizedTest
  @CsvSource({
    "l1, L1",
    "l2, L2",
    "L2, L2",
    "angle, ANGLE",
    "ang, ANGLE",
    "cosine, COSINE",
    "cos, COSINE",
    "Cosine, COSINE",
    "normalizedl2, NORMALIZED_L2",
    "Normalized L2, NORMALIZED_L2",
    "norm-l2, NORMALIZED_L2",
    "nl2, NORMALIZED_L2",
    "normalized_angle, NORMALIZED_ANGLE",
    "nang, NORMALIZED_ANGLE",
    "normalizedcosine, NORMALIZED_COSINE",
    "ncos, NORMALIZED_COSINE",
    "innerproduct, INNER_PRODUCT",
    "inner product, INNER_PRODUCT",
    "ip, INNER_PRODUCT",
    "dot_product, INNER_PRODUCT",
    "hamming, HAMMING",
    "ham, HAMMING",
    "jaccard, JACCARD",
    "jac, JACCARD"
  })
  void spelling_isUnderstood(String text, Metric metric) {
    assertThat(Metric.parse(text)).isEqualTo(metric);
  }

  @ParameterizedTest
  @EnumSource
  void ownSpelling_isUnderstoodWhateverTheCase(Metric metric) {
    assertThat(Metric.parse(metric.spelling())).isEqualTo(metric);
    assertThat(Metric.parse(metric.spelling().toUpperCase(Locale.ROOT))).isEqualTo(metric);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "l3", "sparsejaccard", "l2 cosine"})
  void unknownDistance_isRefusedNamingAllKnownOnes(String text) {
    assertThatThrownBy(() -> Metric.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown distance '%s'; known are l1, l2, angle, cosine, normalizedl2,"
                + " normalizedangle, normalizedcosine, innerproduct, hamming, jaccard",
            text);
  }

  /** Distances of (3, 4) worked out by hand; its length is 5. */
  @ParameterizedTest
  @CsvSource({
    "L1, 3, 4, 0",
    "L1, -1, 2, 6",
    "L2, 0, 0, 5",
    "L2, 3, 5, 1",
    "ANGLE, 6, 8, 0",
    "ANGLE, -4, 3, 1.5707964",
    "ANGLE, -3, -4, 3.1415927",
    "COSINE, 6, 8, 0",
    "COSINE, 4, 3, 0.04",
    "COSINE, -3, -4, 2",
    "NORMALIZED_L2, 6, 8, 0",
    "NORMALIZED_L2, -4, 3, 1.4142135",
    "NORMALIZED_L2, -30, -40, 2",
    "NORMALIZED_ANGLE, -4, 3, 1.5707964",
    "NORMALIZED_COSINE, 4, 3, 0.04",
    "INNER_PRODUCT, 2, 1, -10",
    "INNER_PRODUCT, -1, 0, 3",
    "HAMMING, 3, 4, 0",
    "HAMMING, 0, 0, 3",
    "HAMMING, 5, 6, 3",
    "JACCARD, 3, 4, 0",
    "JACCARD, 1, 6, 0.5",
    "JACCARD, 0, 0, 1"
  })
  void exactDistance_isValds(Metric metric, float x, float y, float expected) {
    var a = Vector.of(3, 4);
    var b = Vector.of(x, y);

    assertThat(ExactDistance.between(metric, a, b)).isCloseTo(expected, within(1e-6f));
    assertThat(ExactDistance.between(metric, b, a)).isCloseTo(expected, within(1e-6f));
  }

  @Test
  void zeroVector_hasNoDistanceWhereADirectionIsNeeded() {
    for (var metric : Metric.values()) {
      float distance = ExactDistance.between(metric, Vector.of(3, 4), Vector.of(0, 0));

      assertThat(Float.isNaN(distance)).as("%s", metric).isEqualTo(metric.needsDirection());
    }
  }
}
