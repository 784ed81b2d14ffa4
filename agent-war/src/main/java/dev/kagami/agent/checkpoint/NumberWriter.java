package dev.kagami.agent.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Writes a file of numbers, big-endian, that ends with the CRC32C of all before. */
public final class NumberWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C checksum = new CRC32C();

  NumberWriter(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  /** Writes {@code number}. */
  public void putInt(int number) throws IOException {
    makeRoom();
    buffer.putInt(number);
  }

  /** Writes {@code number}. */
  public void putLong(long number) throws IOException {
    makeRoom();
    buffer.putLong(number);
  }

  private void makeRoom() throws IOException {
    if (buffer.remaining() < Long.BYTES) {
      drain();
    }
  }

  private void drain() throws IOException {
    checksum.update(buffer.flip());
    write(buffer.rewind());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
  }

  /** Has all of it on disk; without this the file is not sound. */
  public void finish() throws IOException {
    drain();
    write(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).flip());
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
