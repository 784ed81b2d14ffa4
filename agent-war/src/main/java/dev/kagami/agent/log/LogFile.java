package dev.kagami.agent.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file of the journal, read without the journal: its own reader passes over damaged places
 * without a word, and believes a body whose bytes have changed.
 */
final class LogFile {
  private final Path path;

  LogFile(Path path) {
    this.path = path;
  }

  /** Is told what a file holds, in order. */
  interface Visitor {
    void frame(LogFrame frame, Path file, int start);

    /** Something begins at {@code start} that is no sound frame. */
    void flaw(Path file, int start);
  }

  /**
   * What a file is found to be.
   *
   * @param used bytes up to the end of its last sound frame; 0 if it has none
   */
  record Extent(Path path, long bytes, int used) {}

  Extent read(Visitor visitor) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer();
      return new Extent(path, channel.size(), read(bytes, visitor));
    }
  }

  private int read(ByteBuffer bytes, Visitor visitor) {
    int used = 0;
    int at = 0;
    while (at <= bytes.limit() - Long.BYTES) {
      long word = bytes.getLong(at);
      if (word == 0) {
        at += Long.BYTES; // no frame begins with a zero
      } else if (word != LogFrame.MAGIC) {
        at++;
      } else {
        int start = at;
        var found = LogFrame.at(start, bytes);
        found.ifPresentOrElse(
            sound -> visitor.frame(sound.frame(), path, start), () -> visitor.flaw(path, start));
        used = found.map(LogFrame.Found::end).orElse(used);
        at = found.map(LogFrame.Found::end).orElse(start + 1);
      }
    }
    return used;
  }
}
