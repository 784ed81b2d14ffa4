package dev.kagami.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/** Percent-encoded text of a path, where a plus is a plus. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text that {@code encoded} stands for.
   *
   * @throws BadRestRequest if it is no percent-encoded UTF-8
   */
  static String decode(String encoded) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      char letter = encoded.charAt(i);
      if (letter == '%') {
        bytes.write(octet(encoded, i + 1));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(letter).getBytes(UTF_8));
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new BadRestRequest(400, "the path is not percent-encoded UTF-8");
    }
  }

  private static int octet(String encoded, int from) {
    if (from + 2 > encoded.length()) {
      throw new BadRestRequest(400, "the path ends within a percent sign's two digits");
    }
    try {
      return HexFormat.fromHexDigits(encoded, from, from + 2);
    } catch (NumberFormatException e) {
      throw new BadRestRequest(
          400, "'%" + encoded.substring(from, from + 2) + "' in the path is no hexadecimal number");
    }
  }
}
