package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.vector.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampTest {

  @Test
  void everyWriterNumber_isReadBackFromAStamp() {
    for (int site = 0; site <= WriterNumber.MAX_SITE; site++) {
      for (int process = 0; process <= WriterNumber.MAX_PROCESS; process++) {
        var writer = new WriterNumber(site, process);

        assertThat(new Stamp(0x1234_5678_9abc_d000L | writer.bits()).writer()).isEqualTo(writer);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "16, 0", "0, -1", "0, 64"})
  void writerNumberOutOfRange_refused(int site, int process) {
    assertThatThrownBy(() -> new WriterNumber(site, process))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("writer number %s/%s is not within 0/0 to 15/63", site, process);
  }

  @Test
  void stamps_areOrderedByTimeThenWriter() {
    var early = new Stamp(1024 + 900);
    var late = new Stamp(2048 + 3);
    var lateOfGreaterWriter = new Stamp(2048 + 4);

    assertThat(early).isLessThan(late);
    assertThat(late).isLessThan(lateOfGreaterWriter);
    assertThat(Stamp.NONE).isLessThan(early);
    assertThat(Stamp.NONE.isNone()).isTrue();
    assertThat(early.isNone()).isFalse();
  }

  @Test
  void stamp_isATimestampAndShownInHex() {
    assertThat(new Stamp(0xabcdef).asTimestamp()).isEqualTo(new Timestamp(0xabcdef));
    assertThat(new Stamp(0xabcdef)).hasToString("abcdef");
  }
}
