package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * A file of vectors, read from start to end without holding it in memory. For one thread.
 *
 * <p>A damaged file is a {@link CommandFailure} that names the file and the place; what was read
 * before it is good.
 */
public interface VectorFile extends AutoCloseable {

  /** The next vector, or empty at the end of the file. */
  Optional<Vector> next() throws IOException;

  /** The share of the file that was read so far, 0 to 1. */
  double share() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens a file of either format; the first bytes tell which.
   *
   * @throws CommandFailure if there is no such file or its head is damaged
   */
  static VectorFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    var channel = FileChannel.open(file);
    try {
      var start = ByteBuffer.allocate(VectorSet.MAGIC.length);
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // a read may give less than there is
      }
      channel.position(0);
      return VectorSet.isMagic(start.flip())
          ? new VectorSet(file, channel)
          : new JsonLines(file, channel);
    } catch (IOException | CommandFailure e) {
      channel.close();
      throw e;
    }
  }
}
