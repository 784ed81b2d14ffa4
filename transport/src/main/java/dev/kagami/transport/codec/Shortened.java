package dev.kagami.transport.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text cut to what trailers have room for. */
final class Shortened {
  private static final String CUT = "…";

  private Shortened() {}

  /** {@code text}, or its beginning and an ellipsis if it has more bytes of UTF-8 than that. */
  static String to(int maxBytes, String text) {
    var bytes = text.getBytes(UTF_8);
    if (bytes.length <= maxBytes) {
      return text;
    }
    int end = maxBytes - CUT.getBytes(UTF_8).length;
    while (isContinuation(bytes[end])) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8) + CUT;
  }

  private static boolean isContinuation(byte octet) {
    return (octet & 0xC0) == 0x80;
  }
}
