package dev.kagami.mirror.endpoint;

import dev.kagami.core.error.ValdException.InvalidArgument;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A target as a request's body gives it: {@code {"host": "...", "port": 8081}}. */
record TargetRequest(String host, int port) {
  /** Far more than a host and a port need, and too little to nest deeply. */
  private static final int MAX_BODY = 1_000;

  /**
   * @throws InvalidArgument if the body is no such JSON object, or has more than one
   */
  static TargetRequest read(InputStream body) {
    var json = parse(body);
    return new TargetRequest(host(json), port(json));
  }

  private static Map<String, JsonValue> parse(InputStream body) {
    try (var parser = Json.createParser(new ByteArrayInputStream(bytes(body)))) {
      if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
        throw new InvalidArgument("body", "the body is no JSON object");
      }
      var members = members(parser);
      if (parser.hasNext()) {
        throw new InvalidArgument("body", "the body goes on behind its JSON object");
      }
      return members;
    } catch (JsonException e) {
      throw new InvalidArgument("body", "the body is no JSON object: " + e.getMessage());
    }
  }

  /** Member by member, since the parser itself would take the last of two equal names. */
  private static Map<String, JsonValue> members(JsonParser parser) {
    var members = new HashMap<String, JsonValue>();
    while (parser.next() == Event.KEY_NAME) {
      var name = parser.getString();
      parser.next();
      if (members.put(name, parser.getValue()) != null) {
        throw new InvalidArgument("body", "the body has '" + name + "' twice");
      }
    }
    return members;
  }

  private static byte[] bytes(InputStream body) {
    try {
      var bytes = body.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw new InvalidArgument("body", "the body is longer than " + MAX_BODY + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("the body cannot be read", e);
    }
  }

  private static String host(Map<String, JsonValue> json) {
    if (json.get("host") instanceof JsonString host) {
      return host.getString();
    }
    throw new InvalidArgument("host", "host is missing or no text");
  }

  private static int port(Map<String, JsonValue> json) {
    try {
      if (json.get("port") instanceof JsonNumber port) {
        return port.intValueExact();
      }
    } catch (ArithmeticException e) {
      throw new InvalidArgument("port", "port is no whole number of 1 to 65535");
    }
    throw new InvalidArgument("port", "port is missing or no number");
  }
}
