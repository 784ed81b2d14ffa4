package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.error.ValdException.InvalidArgument;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchOptionsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, config.num",
    "-1, 0, 0, 0, config.num",
    "1, NaN, 0, 0, config.radius",
    "1, 0, NaN, 0, config.epsilon",
    "1, 0, 0, -1, config.timeout"
  })
  void optionCannotBe_refusedNamingTheField(
      int num, float radius, float epsilon, long timeoutNanos, String field) {
    var timeout = Duration.ofNanos(timeoutNanos);

    assertThatThrownBy(() -> new SearchOptions(num, radius, epsilon, 0, 0, timeout))
        .isInstanceOfSatisfying(
            InvalidArgument.class,
            refusal ->
                assertThat(refusal.details())
                    .containsExactly(new FieldViolation(field, refusal.getMessage())));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 0",
    "10000, 10000, 10000, 10000",
    "10001, 10001, 10000, 10000",
    "2147483647, 2147483647, 10000, 10000",
    "5, -1, 5, 0",
    "5, -2147483648, 5, 0"
  })
  void numbersAreHuge_areClamped(int num, int minNum, int clampedNum, int clampedMinNum) {
    var options = new SearchOptions(num, -1, 0, 0, minNum, Duration.ZERO);

    assertThat(options.num()).isEqualTo(clampedNum);
    assertThat(options.minNum()).isEqualTo(clampedMinNum);
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "-0.001, false", "0, true", "0.5, true", "Infinity, true"})
  void radius_countsUnlessNegative(float radius, boolean has) {
    assertThat(new SearchOptions(1, radius, 0, 0, 0, Duration.ZERO).hasRadius()).isEqualTo(has);
  }

  @Test
  void nearest_leavesTheRestAsConfigured() {
    assertThat(SearchOptions.nearest(3))
        .isEqualTo(new SearchOptions(3, -1, 0, 0, 0, Duration.ZERO));
  }
}
