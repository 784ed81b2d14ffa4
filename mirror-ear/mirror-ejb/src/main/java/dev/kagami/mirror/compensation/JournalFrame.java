package dev.kagami.mirror.compensation;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record as it lies in a file, so that it can be found and proved sound without trusting
 * anything around it: magic (8 bytes), length of the body (4), body, CRC32C of length and body (4).
 * The body is the number (8), the number known to be durable (8), and the item.
 *
 * @param seq the record's number in its generation, from 1 on without a gap
 * @param durable a number up to which all was on disk when this was written; a hole at or below it
 *     is damage, not the torn end of a crash
 */
record JournalFrame(long seq, long durable, JournalItem item) {
  /** Its first byte is not zero, as all of an unused file is. */
  private static final long MAGIC = 0xC09E_4B41_4741_4D49L;

  private static final int LENGTH_AT = Long.BYTES;
  private static final int BODY_AT = LENGTH_AT + Integer.BYTES;
  private static final int NUMBERS = 2 * Long.BYTES;

  /** A sound frame and where the bytes after it begin. */
  record Found(JournalFrame frame, int end) {}

  byte[] encode() {
    var encoded = item.encode();
    var bytes = ByteBuffer.allocate(BODY_AT + NUMBERS + encoded.length + Integer.BYTES);
    bytes.putLong(MAGIC).putInt(NUMBERS + encoded.length);
    bytes.putLong(seq).putLong(durable).put(encoded);
    bytes.putInt(checksum(bytes, bytes.position()));
    return bytes.array();
  }

  /** The first sound frame that begins at {@code from} or later. */
  static Optional<Found> next(ByteBuffer bytes, int from) {
    int at = from;
    while (at <= bytes.limit() - BODY_AT) {
      long word = bytes.getLong(at);
      if (word == MAGIC) {
        var found = at(bytes.slice(at, bytes.limit() - at));
        if (found.isPresent()) {
          return Optional.of(new Found(found.get().frame(), at + found.get().end()));
        }
      }
      at += word == 0 ? Long.BYTES : 1;
    }
    return Optional.empty();
  }

  private static Optional<Found> at(ByteBuffer bytes) {
    int length = bytes.getInt(LENGTH_AT);
    if (length <= NUMBERS || length > bytes.limit() - BODY_AT - Integer.BYTES) {
      return Optional.empty();
    }
    int end = BODY_AT + length;
    if (bytes.getInt(end) != checksum(bytes, end)) {
      return Optional.empty();
    }
    var body = bytes.slice(BODY_AT, length);
    var frame = new JournalFrame(body.getLong(), body.getLong(), JournalItem.decode(body));
    return Optional.of(new Found(frame, end + Integer.BYTES));
  }

  private static int checksum(ByteBuffer bytes, int end) {
    var checksum = new CRC32C();
    checksum.update(bytes.slice(LENGTH_AT, end - LENGTH_AT));
    return (int) checksum.getValue();
  }
}
