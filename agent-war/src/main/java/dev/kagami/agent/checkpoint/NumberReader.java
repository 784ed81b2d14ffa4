package dev.kagami.agent.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Reads what a {@link NumberWriter} wrote; proves all of it sound before it tells anything. */
public final class NumberReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  /** How many bytes were taken into the buffer. */
  private long taken;

  NumberReader(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      check(file);
    } catch (IOException | RuntimeException damage) {
      channel.close();
      throw damage;
    }
  }

  private void check(Path file) throws IOException {
    long length = channel.size() - Integer.BYTES;
    if (length < 0) {
      throw new IOException(file + " is damaged: it is cut");
    }
    var checksum = new CRC32C();
    for (long left = length; left > 0; left -= buffer.limit()) {
      take((int) Math.min(left, BUFFER_BYTES));
      checksum.update(buffer);
    }
    take(Integer.BYTES);
    if (buffer.getInt() != (int) checksum.getValue()) {
      throw new IOException(file + " is damaged: its checksum is wrong");
    }
    seek(0);
  }

  private void take(int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the file ends too early");
      }
    }
    buffer.flip();
    taken += bytes;
  }

  /** Bytes from the beginning to what is read next. */
  public long position() {
    return taken - buffer.remaining();
  }

  /** Goes on at a {@link #position}. */
  public void seek(long position) throws IOException {
    channel.position(position);
    taken = position;
    buffer.clear().limit(0);
  }

  /** Reads a number. */
  public int getInt() throws IOException {
    fill(Integer.BYTES);
    return buffer.getInt();
  }

  /** Reads a number. */
  public long getLong() throws IOException {
    fill(Long.BYTES);
    return buffer.getLong();
  }

  private void fill(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    buffer.compact();
    while (buffer.position() < bytes) {
      int read = channel.read(buffer);
      if (read < 0) {
        throw new IOException("the file ends too early");
      }
      taken += read;
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
