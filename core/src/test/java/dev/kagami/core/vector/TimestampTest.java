package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  @Test
  void instant_isCountedInUnixNanoseconds() {
    assertThat(Timestamp.of(Instant.parse("1970-01-01T00:00:02.000000003Z")))
        .isEqualTo(new Timestamp(2_000_000_003L));
    assertThat(Timestamp.of(Instant.parse("1969-12-31T23:59:59.999999999Z")))
        .isEqualTo(new Timestamp(-1));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1_000_000_001, -1, 0, 1, 999_999_999, Long.MAX_VALUE})
  void nanoseconds_areTheSameThereAndBack(long nanos) {
    assertThat(Timestamp.of(new Timestamp(nanos).toInstant())).isEqualTo(new Timestamp(nanos));
  }

  @Test
  void order_isThatOfTime() {
    var before = new Timestamp(-5);
    var after = new Timestamp(3);

    assertThat(before).isLessThan(after);
    assertThat(after.isAfter(before)).isTrue();
    assertThat(before.isAfter(after)).isFalse();
    assertThat(after.isAfter(after)).isFalse();
  }
}
