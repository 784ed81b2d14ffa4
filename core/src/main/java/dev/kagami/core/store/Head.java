package dev.kagami.core.store;

import dev.kagami.core.digest.Xxh64;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * A {@link Version} without its floats. Ordered by (timestamp, stamp): the greater is the newer. If
 * both are equal and the content differs, which only a fault can cause, the tombstone wins, then
 * the greater content hash, so that all stores agree.
 *
 * @param contentHash {@link dev.kagami.core.vector.Vector#contentHash()}; 0 for a tombstone
 */
public record Head(VectorId id, Timestamp timestamp, Stamp stamp, Kind kind, long contentHash)
    implements Comparable<Head> {
  private static final Comparator<Head> ORDER =
      Comparator.comparing(Head::timestamp)
          .thenComparing(Head::stamp)
          .thenComparing(Head::kind)
          .thenComparing(Head::contentHash, Long::compareUnsigned);

  /** What a version is; a tombstone is the greater. */
  public enum Kind {
    VECTOR,
    TOMBSTONE
  }

  /** What a {@link VectorStore#flush} is for every id: a tombstone of its stamp. */
  public static Head flushed(VectorId id, Stamp upTo) {
    return new Head(id, upTo.asTimestamp(), upTo, Kind.TOMBSTONE, 0);
  }

  public boolean isVector() {
    return kind == Kind.VECTOR;
  }

  /**
   * Of all that two stores must agree on: id, vector bits and timestamp, not the stamp. A version
   * taken over from a store that has no stamps counts as the same.
   */
  public long digest() {
    var text = id.value().getBytes(StandardCharsets.UTF_8);
    return Xxh64.hash(
        ByteBuffer.allocate(2 * Long.BYTES + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(timestamp.unixNanos())
            .putLong(contentHash)
            .put(text)
            .array());
  }

  /**
   * Whether this is a tombstone that is stamped and dated up to {@code horizon}; one that a client
   * has dated ahead hides what comes until then.
   */
  public boolean isForgettable(Stamp horizon) {
    return !isVector()
        && stamp.compareTo(horizon) <= 0
        && timestamp.compareTo(horizon.asTimestamp()) <= 0;
  }

  public boolean isNewerThan(Head other) {
    return compareTo(other) > 0;
  }

  /** By age alone; only heads of one id are compared. */
  @Override
  public int compareTo(Head other) {
    return ORDER.compare(this, other);
  }
}
