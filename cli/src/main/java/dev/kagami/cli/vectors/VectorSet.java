package dev.kagami.cli.vectors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kagami.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * The binary format of the sample data, all numbers little-endian: the magic word, format version
 * (1), dimension, count; then so many records of id length (16 bits), id (UTF-8) and floats.
 */
final class VectorSet implements VectorFile {

  static final byte[] MAGIC = "KAGAMIVS".getBytes(US_ASCII);

  private static final int VERSION = 1;
  private static final int MOST_DIMENSIONS = 65_536;

  private final Path file;
  private final FileChannel channel;
  private final InputStream in;
  private final int dimension;
  private final long count;
  private long read;

  VectorSet(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    var head = bytes(MAGIC.length + 3 * Integer.BYTES).position(MAGIC.length);
    var version = head.getInt();
    if (version != VERSION) {
      throw damaged("has format version " + version + ", known is " + VERSION);
    }
    dimension = head.getInt();
    count = Integer.toUnsignedLong(head.getInt());
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw damaged("says its vectors have " + Integer.toUnsignedString(dimension) + " dimensions");
    }
  }

  static boolean isMagic(ByteBuffer start) {
    return start.equals(ByteBuffer.wrap(MAGIC));
  }

  @Override
  public Optional<Vector> next() throws IOException {
    if (read == count) {
      if (in.read() >= 0) {
        throw damaged("goes on after its " + count + " vectors");
      }
      return Optional.empty();
    }
    var length = Short.toUnsignedInt(bytes(Short.BYTES).getShort());
    var vector = Vector.newBuilder().setId(id(bytes(length)));
    var numbers = bytes(dimension * Float.BYTES);
    for (var i = 0; i < dimension; i++) {
      vector.addVector(numbers.getFloat());
    }
    read++;
    return Optional.of(vector.build());
  }

  @Override
  public double share() throws IOException {
    return count == 0 ? 1 : (double) read / count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private String id(ByteBuffer utf8) {
    try {
      return UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw damaged("has an id that is not UTF-8 in vector " + (read + 1));
    }
  }

  private ByteBuffer bytes(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw damaged("ends within vector " + (read + 1) + " of " + count);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private CommandFailure damaged(String how) {
    return new CommandFailure(file + " is damaged: it " + how + ".");
  }
}
