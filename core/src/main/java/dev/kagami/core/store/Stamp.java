package dev.kagami.core.store;

import dev.kagami.core.vector.Timestamp;

/**
 * The reading of an origin's clock for one transaction: its id, its tie-break, and the key of its
 * undo. Unique over all processes of a mesh.
 *
 * @param value Unix nanoseconds, of which the lowest {@value #WRITER_BITS} bits hold the {@link
 *     WriterNumber} instead; 0 is {@link #NONE}
 */
public record Stamp(long value) implements Comparable<Stamp> {
  /** How many low bits name the writer; a clock's tick is 2^{@value} nanoseconds. */
  public static final int WRITER_BITS = 10;

  /** No transaction: a write that nobody has stamped yet. */
  public static final Stamp NONE = new Stamp(0);

  public boolean isNone() {
    return value == 0;
  }

  /** The process that gave this stamp. */
  public WriterNumber writer() {
    return WriterNumber.of((int) (value & ((1 << WRITER_BITS) - 1)));
  }

  /** The time that a write without a time of its own gets. */
  public Timestamp asTimestamp() {
    return new Timestamp(value);
  }

  @Override
  public int compareTo(Stamp other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toHexString(value);
  }
}
