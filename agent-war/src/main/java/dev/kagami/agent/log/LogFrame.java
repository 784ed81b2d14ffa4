package dev.kagami.agent.log;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One entry as it lies in a file, so that it can be found and proved sound without trusting
 * anything around it: magic (8 bytes), length of the body (4), body, CRC32C of length and body (4).
 * The body is the number (8), the number known to be durable (8), and the entry.
 *
 * @param seq the entry's number, one more than that of the entry before
 * @param durable a number up to which everything was on disk when this was written; a hole at or
 *     below it is damage, not the torn end of a crash
 */
record LogFrame(long seq, long durable, LogEntry entry) {
  /** Its first byte is not zero, as all of an unused file is. */
  static final long MAGIC = 0xA97C_4B41_4741_4D49L;

  /** All of a frame but its entry. */
  static final int OVERHEAD = Long.BYTES + Integer.BYTES + 2 * Long.BYTES + Integer.BYTES;

  private static final int LENGTH_AT = Long.BYTES;
  private static final int BODY_AT = LENGTH_AT + Integer.BYTES;
  private static final int LEAST_BODY = 2 * Long.BYTES + 1;

  /** A sound frame and where the bytes after it begin. */
  record Found(LogFrame frame, int end) {}

  byte[] encode() {
    var buffer = ByteBuffer.allocate(OVERHEAD + EntryCodec.mostBytes(entry));
    buffer.putLong(MAGIC).putInt(0).putLong(seq).putLong(durable);
    EntryCodec.encode(entry, buffer);
    int end = buffer.position();
    buffer.putInt(LENGTH_AT, end - BODY_AT);
    buffer.putInt(checksum(buffer, LENGTH_AT, end));
    var bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /** The frame that begins at {@code start} of {@code bytes}, if a sound one does. */
  static Optional<Found> at(int start, ByteBuffer bytes) {
    int room = bytes.limit() - start - BODY_AT - Integer.BYTES;
    if (room < LEAST_BODY || bytes.getLong(start) != MAGIC) {
      return Optional.empty();
    }
    int length = bytes.getInt(start + LENGTH_AT);
    if (length < LEAST_BODY || length > room) {
      return Optional.empty();
    }
    int end = start + BODY_AT + length;
    if (bytes.getInt(end) != checksum(bytes, start + LENGTH_AT, end)) {
      return Optional.empty();
    }
    var body = bytes.slice(start + BODY_AT, length);
    var frame = new LogFrame(body.getLong(), body.getLong(), EntryCodec.decode(body));
    return Optional.of(new Found(frame, end + Integer.BYTES));
  }

  private static int checksum(ByteBuffer bytes, int from, int to) {
    var checksum = new CRC32C();
    checksum.update(bytes.slice(from, to - from));
    return (int) checksum.getValue();
  }
}
