package dev.kagami.transport.codec;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;

/** Times as they come over the wire; none lies before 1970. 0 stands for none. */
public final class Times {
  private Times() {}

  /**
   * A stamp of another process.
   *
   * @throws InvalidArgument if it cannot be one
   */
  public static Stamp stamp(long value) {
    return new Stamp(from1970On("stamp", value));
  }

  /**
   * A version's time, as another process gives it.
   *
   * @throws InvalidArgument if it cannot be one
   */
  static Timestamp timestamp(long unixNanos) {
    return new Timestamp(from1970On("timestamp", unixNanos));
  }

  private static long from1970On(String field, long unixNanos) {
    if (unixNanos < 0) {
      throw new InvalidArgument(field, field + " " + unixNanos + " lies before 1970");
    }
    return unixNanos;
  }
}
