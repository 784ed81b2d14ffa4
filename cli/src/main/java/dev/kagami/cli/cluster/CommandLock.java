package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by up while it starts servers and by down while it stops them. Ends with the program that
 * holds it, however that ends.
 */
record CommandLock(FileChannel channel) implements AutoCloseable {

  /**
   * Takes the lock of a data directory.
   *
   * @throws CommandFailure if another program holds it
   * @throws IOException if the directory cannot be written
   */
  static CommandLock take(Path data) throws IOException {
    var channel =
        FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTakenBy(channel)) {
      channel.close();
      throw new CommandFailure(
          "Another ./kagami is just starting or stopping servers in " + data + ".");
    }
    return new CommandLock(channel);
  }

  private static boolean isTakenBy(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProgram) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
