package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** What one record of a journal file says. */
sealed interface JournalItem {

  /**
   * A generation begins.
   *
   * @param entries how many entries follow that were open before
   */
  record Begun(Stamp bound, int entries) implements JournalItem {}

  /** An entry, in place of an earlier one of its stamp. */
  record Entry(JournalEntry entry) implements JournalItem {}

  /** A bound, in place of an earlier one. */
  record Bound(Stamp bound) implements JournalItem {}

  default byte[] encode() {
    return switch (this) {
      case Begun(var bound, int entries) ->
          ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES)
              .put(Code.BEGUN)
              .putLong(bound.value())
              .putInt(entries)
              .array();
      case Entry(var entry) -> Code.encode(entry);
      case Bound(var bound) ->
          ByteBuffer.allocate(1 + Long.BYTES).put(Code.BOUND).putLong(bound.value()).array();
    };
  }

  /**
   * The item that {@link #encode} made these bytes of.
   *
   * @throws IllegalStateException if another version of this program made them
   */
  static JournalItem decode(ByteBuffer bytes) {
    byte code = bytes.get();
    return switch (code) {
      case Code.BEGUN -> new Begun(new Stamp(bytes.getLong()), bytes.getInt());
      case Code.ENTRY -> new Entry(Code.entry(bytes));
      case Code.BOUND -> new Bound(new Stamp(bytes.getLong()));
      default -> throw new IllegalStateException("a journal record of unknown kind " + code);
    };
  }

  /** How entries lie in bytes: numbers first, then texts with their length before them. */
  final class Code {
    private static final byte BEGUN = 1;
    private static final byte ENTRY = 2;
    private static final byte BOUND = 3;

    private Code() {}

    private static byte[] encode(JournalEntry entry) {
      var texts = new ArrayList<byte[]>();
      texts.add(utf8(entry.kind().name()));
      texts.add(utf8(entry.status().name()));
      texts.add(utf8(entry.id().value()));
      entry.targets().forEach(target -> texts.add(utf8(target)));
      int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
      var bytes = ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES + length);
      bytes.put(ENTRY).putLong(entry.stamp().value()).putLong(entry.timestamp().unixNanos());
      bytes.putInt(entry.targets().size());
      texts.forEach(text -> bytes.putInt(text.length).put(text));
      return bytes.array();
    }

    private static JournalEntry entry(ByteBuffer bytes) {
      var stamp = new Stamp(bytes.getLong());
      var timestamp = new Timestamp(bytes.getLong());
      int targets = bytes.getInt();
      var kind = JournalEntry.Kind.valueOf(text(bytes));
      var status = JournalEntry.Status.valueOf(text(bytes));
      var id = new VectorId(text(bytes));
      var names = new ArrayList<String>();
      for (int i = 0; i < targets; i++) {
        names.add(text(bytes));
      }
      return new JournalEntry(stamp, timestamp, id, kind, names, status);
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer bytes) {
      var text = new byte[bytes.getInt()];
      bytes.get(text);
      return new String(text, StandardCharsets.UTF_8);
    }
  }
}
