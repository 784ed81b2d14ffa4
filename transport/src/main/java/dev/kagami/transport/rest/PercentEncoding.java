package dev.kagami.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percent-encoded text of a URL. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text that {@code encoded} stands for in a path, where a plus is a plus.
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
      throw new BadRestRequest(400, "the URL is not percent-encoded UTF-8");
    }
  }

  /** The parameters of a query, where a plus is a blank; of one that comes twice, the first. */
  static Map<String, String> query(String query) {
    var parameters = new LinkedHashMap<String, String>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (var part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      var value = equals < 0 ? "" : part.substring(equals + 1);
      parameters.putIfAbsent(decode(name.replace('+', ' ')), decode(value.replace('+', ' ')));
    }
    return parameters;
  }

  private static int octet(String encoded, int from) {
    if (from + 2 > encoded.length()) {
      throw new BadRestRequest(400, "the URL has a percent sign without two digits after it");
    }
    try {
      return HexFormat.fromHexDigits(encoded, from, from + 2);
    } catch (NumberFormatException e) {
      throw new BadRestRequest(
          400, "'%" + encoded.substring(from, from + 2) + "' in the URL is no hexadecimal number");
    }
  }
}
