package dev.kagami.agent;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that only takes room, to be deleted when the disk is full: then a restart has what it
 * needs for its log and a checkpoint. An agent works without it, too. For one thread at a time.
 */
final class Reserve {
  private static final Logger LOGGER = System.getLogger(Reserve.class.getName());
  private static final int BLOCK = 1 << 20;

  private final Path file;
  private final long bytes;

  /**
   * @param bytes 0 for none
   */
  Reserve(Path folder, long bytes) {
    this.file = folder.resolve("reserve");
    this.bytes = bytes;
  }

  /** Takes the room, if it is not taken yet and the disk has twice as much. */
  void take() {
    try {
      if (bytes == 0 || (Files.exists(file) && Files.size(file) >= bytes)) {
        return;
      }
      if (Files.getFileStore(file.getParent()).getUsableSpace() < 2 * bytes) {
        LOGGER.log(Level.WARNING, "The disk of {0} is too full for a reserve", file);
        return;
      }
      fill();
    } catch (IOException error) {
      LOGGER.log(Level.WARNING, "The reserve " + file + " was not taken", error);
      release();
    }
  }

  /** Writes all of it: a hole would take no room. */
  private void fill() throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (channel.size() < bytes) {
        var block = ByteBuffer.allocate((int) Math.min(BLOCK, bytes - channel.size()));
        while (block.hasRemaining()) {
          int _ = channel.write(block);
        }
      }
    }
  }

  /** Gives the room back. */
  void release() {
    try {
      if (Files.deleteIfExists(file)) {
        LOGGER.log(Level.WARNING, "The reserve {0} was given back to the disk", file);
      }
    } catch (IOException error) {
      LOGGER.log(Level.WARNING, "The reserve " + file + " was not given back", error);
    }
  }
}
