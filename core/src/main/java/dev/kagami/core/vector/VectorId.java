package dev.kagami.core.vector;

import dev.kagami.core.digest.Xxh64;
import dev.kagami.core.error.ValdException.InvalidArgument;
import java.nio.charset.StandardCharsets;

/**
 * The id that a user gave to a vector: any well-formed text of 1 to {@value #MAX_BYTES} bytes in
 * UTF-8, control characters and emoji included, compared exactly.
 *
 * @param value the text as sent
 */
public record VectorId(String value) implements Comparable<VectorId> {
  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 512;

  private static final int MOST_BYTES_PER_CHAR = 3;

  /**
   * @throws InvalidArgument if the text is empty, too long, or has an unpaired surrogate
   */
  public VectorId {
    if (value.isEmpty()) {
      throw new InvalidArgument(
          "id",
          "invalid argument for uuid \"\" detected: the id is empty; give 1 to "
              + MAX_BYTES
              + " bytes");
    }
    if (!isWellFormed(value)) {
      throw new InvalidArgument("id", "the id has an unpaired surrogate and is no valid text");
    }
    if (value.length() > MAX_BYTES / MOST_BYTES_PER_CHAR) {
      int bytes = value.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        throw new InvalidArgument(
            "id", "the id has " + bytes + " bytes in UTF-8; the limit is " + MAX_BYTES);
      }
    }
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The hash that placement and the order of heads rest on. */
  public long hash() {
    return Xxh64.hash(value);
  }

  @Override
  public int compareTo(VectorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
