package dev.kagami.agent.log;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@link LogEntry} to bytes and back, big-endian: a kind, then the fields in the order of the
 * records; ids as a short length and UTF-8, vectors as an int length and raw float bits. Kinds are
 * never reused.
 */
final class EntryCodec {
  private static final byte VECTOR = 1;
  private static final byte TOMBSTONE = 2;
  private static final byte VOIDED = 3;
  private static final byte SETTLED = 4;
  private static final byte BEGUN = 5;
  private static final byte ENDED = 6;
  private static final byte CONTINUED = 7;
  private static final byte FLUSHED = 8;
  private static final byte TRIMMED = 9;
  private static final byte FORGOTTEN = 10;
  private static final byte DROPPED = 11;

  /** All of a version but its id and its floats, rounded up. */
  private static final int FIXED_BYTES = 32;

  private EntryCodec() {}

  /** As many bytes as {@code entry} may need, or somewhat more. */
  static int mostBytes(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Change(LogRecord.Written(var version, _)) ->
          mostBytes(version.vector().map(Vector::dimension).orElse(0));
      case LogEntry.Change(LogRecord.Voided _) -> mostBytes(0);
      case LogEntry.Change(LogRecord.Settled _) -> FIXED_BYTES;
      case LogEntry.Change(LogRecord.Flushed _) -> FIXED_BYTES;
      case LogEntry.Change(LogRecord.Trimmed _) -> FIXED_BYTES;
      case LogEntry.Change(LogRecord.Forgotten _) -> mostBytes(0);
      case LogEntry.Change(LogRecord.Dropped _) -> mostBytes(0);
      case LogEntry.Begun _ -> FIXED_BYTES;
      case LogEntry.Continued _ -> FIXED_BYTES;
      case LogEntry.Ended _ -> FIXED_BYTES;
    };
  }

  /** As many bytes as a version of {@code dimension} may need, or somewhat more. */
  static int mostBytes(int dimension) {
    return FIXED_BYTES + VectorId.MAX_BYTES + dimension * Float.BYTES;
  }

  static void encode(LogEntry entry, ByteBuffer to) {
    switch (entry) {
      case LogEntry.Change(LogRecord.Written(var version, var settled)) ->
          encode(version, settled, to);
      case LogEntry.Change(LogRecord.Voided(var mark)) ->
          encode(VOIDED, mark.id(), mark.stamp(), to);
      case LogEntry.Change(LogRecord.Settled(var upTo)) -> to.put(SETTLED).putLong(upTo.value());
      case LogEntry.Change(LogRecord.Flushed(var upTo)) -> to.put(FLUSHED).putLong(upTo.value());
      case LogEntry.Change(LogRecord.Trimmed(var upTo)) -> to.put(TRIMMED).putLong(upTo.value());
      case LogEntry.Change(LogRecord.Forgotten(var id, var upTo)) ->
          encode(FORGOTTEN, id, upTo, to);
      case LogEntry.Change(LogRecord.Dropped(var id, var stamp)) -> encode(DROPPED, id, stamp, to);
      case LogEntry.Begun(var generation, var fileBytes) ->
          to.put(BEGUN).putLong(generation).putInt(fileBytes);
      case LogEntry.Continued(var generation, var fileBytes) ->
          to.put(CONTINUED).putLong(generation).putInt(fileBytes);
      case LogEntry.Ended() -> to.put(ENDED);
    }
  }

  private static void encode(Version version, boolean settled, ByteBuffer to) {
    to.put(version.isTombstone() ? TOMBSTONE : VECTOR);
    encode(version.id(), to);
    to.putLong(version.timestamp().unixNanos());
    to.putLong(version.stamp().value());
    to.put((byte) (settled ? 1 : 0));
    version
        .vector()
        .ifPresent(vector -> {
          to.putInt(vector.dimension());
          for (int i = 0; i < vector.dimension(); i++) {
            to.putFloat(vector.component(i));
          }
        });
  }

  private static void encode(byte kind, VectorId id, Stamp stamp, ByteBuffer to) {
    to.put(kind);
    encode(id, to);
    to.putLong(stamp.value());
  }

  private static void encode(VectorId id, ByteBuffer to) {
    var bytes = id.value().getBytes(StandardCharsets.UTF_8);
    to.putShort((short) bytes.length).put(bytes);
  }

  /**
   * The entry that {@code from} holds.
   *
   * @throws IllegalStateException if its kind is unknown, as when a newer version wrote it
   */
  static LogEntry decode(ByteBuffer from) {
    byte kind = from.get();
    return switch (kind) {
      case VECTOR, TOMBSTONE -> written(kind == VECTOR, from);
      case VOIDED -> new LogEntry.Change(new LogRecord.Voided(new VoidMark(id(from), stamp(from))));
      case SETTLED -> new LogEntry.Change(new LogRecord.Settled(stamp(from)));
      case BEGUN -> new LogEntry.Begun(from.getLong(), from.getInt());
      case CONTINUED -> new LogEntry.Continued(from.getLong(), from.getInt());
      case ENDED -> new LogEntry.Ended();
      case FLUSHED -> new LogEntry.Change(new LogRecord.Flushed(stamp(from)));
      case TRIMMED -> new LogEntry.Change(new LogRecord.Trimmed(stamp(from)));
      case FORGOTTEN -> new LogEntry.Change(new LogRecord.Forgotten(id(from), stamp(from)));
      case DROPPED -> new LogEntry.Change(new LogRecord.Dropped(id(from), stamp(from)));
      default ->
          throw new IllegalStateException(
              "the log has an entry of kind " + kind + ", which this version does not know");
    };
  }

  private static LogEntry written(boolean isVector, ByteBuffer from) {
    var id = id(from);
    var timestamp = new Timestamp(from.getLong());
    var stamp = stamp(from);
    boolean settled = from.get() != 0;
    var vector = isVector ? Optional.of(vector(from)) : Optional.<Vector>empty();
    return new LogEntry.Change(
        new LogRecord.Written(new Version(id, timestamp, stamp, vector), settled));
  }

  private static VectorId id(ByteBuffer from) {
    var bytes = new byte[from.getShort()];
    from.get(bytes);
    return new VectorId(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Stamp stamp(ByteBuffer from) {
    return new Stamp(from.getLong());
  }

  private static Vector vector(ByteBuffer from) {
    var components = new float[from.getInt()];
    for (int i = 0; i < components.length; i++) {
      components[i] = from.getFloat();
    }
    return Vector.adopt(components);
  }
}
