package dev.kagami.core.store;

import dev.kagami.core.vector.Timestamp;

/**
 * When a write happens and which transaction it belongs to.
 *
 * @param timestamp the version's time; 0 as long as nobody has given one
 * @param source who gave the timestamp
 * @param stamp the transaction, {@link Stamp#NONE} until an origin stamps it
 * @param voids an earlier attempt of the same transaction that this one undoes where it arrives, or
 *     {@link Stamp#NONE}
 */
public record WriteTime(Timestamp timestamp, Source source, Stamp stamp, Stamp voids) {
  /** Who gave a timestamp. */
  public enum Source {
    CLIENT,
    SERVER
  }

  /** A write whose time and stamp its origin will give. */
  public static final WriteTime UNSTAMPED =
      new WriteTime(new Timestamp(0), Source.SERVER, Stamp.NONE, Stamp.NONE);

  /** A write with a time of the client's own; not stamped yet. */
  public static WriteTime ofClient(Timestamp timestamp) {
    return new WriteTime(timestamp, Source.CLIENT, Stamp.NONE, Stamp.NONE);
  }

  /** This write in the transaction {@code stamp}; a client's own timestamp is kept as it is. */
  public WriteTime stamped(Stamp stamp) {
    return new WriteTime(isOfClient() ? timestamp : stamp.asTimestamp(), source, stamp, Stamp.NONE);
  }

  /** This write, undoing the attempt {@code earlier} wherever it arrives. */
  public WriteTime voiding(Stamp earlier) {
    return new WriteTime(timestamp, source, stamp, earlier);
  }

  public boolean isStamped() {
    return !stamp.isNone();
  }

  public boolean isOfClient() {
    return source == Source.CLIENT;
  }
}
