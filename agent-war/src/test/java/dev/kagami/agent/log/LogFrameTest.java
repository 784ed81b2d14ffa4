package dev.kagami.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.store.Stamp;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFrameTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void frame_isReadAsItWasWritten(int number) {
    var frame = new LogFrame(number, 3, new LogEntry.Change(Records.number(number)));

    var bytes = frame.encode();

    var found = LogFrame.at(0, ByteBuffer.wrap(bytes)).orElseThrow();
    assertThat(found.frame()).isEqualTo(frame);
    assertThat(found.end()).isEqualTo(bytes.length);
  }

  @Test
  void flush_isReadAsItWasWritten() {
    var frame = new LogFrame(8, 3, new LogEntry.Change(new LogRecord.Flushed(new Stamp(77))));

    assertThat(LogFrame.at(0, ByteBuffer.wrap(frame.encode())).orElseThrow().frame())
        .isEqualTo(frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anyBitFlipped_isNoSoundFrame(int number) {
    var bytes = new LogFrame(number, 3, new LogEntry.Change(Records.number(number))).encode();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(LogFrame.at(0, ByteBuffer.wrap(bytes))).as("bit " + bit).isEmpty();

      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void cutAnywhere_isNoSoundFrame() {
    var bytes = new LogFrame(7, 3, new LogEntry.Change(Records.number(7))).encode();
    for (int length = 0; length < bytes.length; length++) {
      var cut = ByteBuffer.wrap(bytes, 0, length).slice();

      if (length >= Long.BYTES) {
        assertThat(LogFrame.at(0, cut)).as(length + " bytes").isEmpty();
      }
    }
  }

  @Test
  void kindOfALaterVersion_saysSo() {
    var buffer = ByteBuffer.allocate(100).put((byte) 99).flip();

    assertThatThrownBy(() -> EntryCodec.decode(buffer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kind 99");
  }
}
