package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Timestamp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeConditionTest {

  @ParameterizedTest(name = "9, 10, 11 {0} 10: {1}, {2}, {3}")
  @CsvSource({
    "EQUAL,         false, true,  false",
    "NOT_EQUAL,     true,  false, true",
    "AT_OR_AFTER,   false, true,  true",
    "AFTER,         false, false, true",
    "AT_OR_BEFORE,  true,  true,  false",
    "BEFORE,        true,  false, false",
    "UNKNOWN,       false, false, false"
  })
  void timeIsCompared_asTheOperatorSays(
      TimeCondition.Operator operator, boolean earlier, boolean same, boolean later) {
    var condition = new TimeCondition(operator, new Timestamp(10));

    assertThat(condition.accepts(new Timestamp(9))).isEqualTo(earlier);
    assertThat(condition.accepts(new Timestamp(10))).isEqualTo(same);
    assertThat(condition.accepts(new Timestamp(11))).isEqualTo(later);
  }
}
