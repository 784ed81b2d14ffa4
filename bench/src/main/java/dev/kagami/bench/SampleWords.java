package dev.kagami.bench;

import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sample data, in the format of {@code samples/README.md}. */
public final class SampleWords {
  private static final int HEADER_BYTES = 12;

  private SampleWords() {}

  /** All ids with their vectors, in their order. */
  public static Map<VectorId, Vector> read(Path file) {
    try {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(HEADER_BYTES);
      int dimension = bytes.getInt();
      int count = bytes.getInt();
      var words = LinkedHashMap.<VectorId, Vector>newLinkedHashMap(count);
      for (int i = 0; i < count; i++) {
        var id = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(id);
        var vector = new float[dimension];
        bytes.asFloatBuffer().get(vector);
        bytes.position(bytes.position() + dimension * Float.BYTES);
        words.put(new VectorId(new String(id, StandardCharsets.UTF_8)), Vector.adopt(vector));
      }
      return words;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
