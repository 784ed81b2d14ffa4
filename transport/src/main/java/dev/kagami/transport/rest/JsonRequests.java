package dev.kagami.transport.rest;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Request messages from bodies and paths. {@link JsonFormat} alone is too kind: it takes comments,
 * single quotes, text after the end, and of a name that comes twice the last value. So each body is
 * first read once by the letter of RFC 8259.
 */
final class JsonRequests {
  private static final int MAX_DEPTH = 32;

  private JsonRequests() {}

  /** Adds the fields of a body. */
  static void mergeBody(RestRequest request, Message.Builder message) {
    checkContentType(request);
    if (!request.body().isValidUtf8()) {
      throw new BadRestRequest(400, "the body is not valid UTF-8");
    }
    var json = request.body().toStringUtf8();
    checkJson(json);
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw new BadRestRequest(400, "the body does not fit the request: " + firstLine(e));
    }
  }

  private static void checkContentType(RestRequest request) {
    var type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    var parts = type.split(";", -1);
    if (!parts[0].strip().equals("application/json")) {
      throw new BadRestRequest(
          400, "the content type is '" + parts[0].strip() + "'; send application/json");
    }
    for (int i = 1; i < parts.length; i++) {
      var parameter = parts[i].replace("\"", "").strip();
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        throw new BadRestRequest(400, "the body's " + parameter + "; send UTF-8");
      }
    }
  }

  private static void checkJson(String json) {
    if (json.startsWith("\uFEFF")) {
      throw new BadRestRequest(400, "the body begins with a byte-order mark; leave it out");
    }
    var reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    try {
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new BadRestRequest(400, "the body is no JSON object");
      }
      read(reader);
    } catch (EOFException e) {
      throw new BadRestRequest(400, "the body is no complete JSON: " + firstLine(e));
    } catch (IOException | IllegalStateException e) {
      throw new BadRestRequest(400, "the body is no valid JSON: " + firstLine(e));
    }
  }

  /** What is wrong and where; further lines advertise the parser's manual. */
  private static String firstLine(Exception e) {
    return e.getMessage().lines().findFirst().orElse("no reason given");
  }

  /** Reads all there is, remembering the names of each object that is open. */
  private static void read(JsonReader reader) throws IOException {
    var open = new ArrayDeque<Set<String>>();
    while (true) {
      switch (reader.peek()) {
        case BEGIN_OBJECT -> {
          reader.beginObject();
          open.push(new HashSet<>());
        }
        case END_OBJECT -> {
          reader.endObject();
          open.pop();
        }
        case BEGIN_ARRAY -> reader.beginArray();
        case END_ARRAY -> reader.endArray();
        case NAME -> {
          var name = reader.nextName();
          if (!open.element().add(name)) {
            throw new BadRestRequest(
                400, "the body has '" + name + "' twice, at " + reader.getPath());
          }
        }
        case STRING, NUMBER, BOOLEAN, NULL -> reader.skipValue();
        case END_DOCUMENT -> {
          return;
        }
      }
    }
  }

  /** Fills the fields that the path's variables name. */
  static void mergePath(Map<String, String> values, Message.Builder message) {
    values.forEach((field, value) -> set(message, field, value));
  }

  private static void set(Message.Builder message, String path, String value) {
    int dot = path.indexOf('.');
    var field =
        message.getDescriptorForType().findFieldByName(dot < 0 ? path : path.substring(0, dot));
    if (dot >= 0) {
      set(message.getFieldBuilder(field), path.substring(dot + 1), value);
    } else {
      message.setField(field, scalar(field, value));
    }
  }

  private static Object scalar(FieldDescriptor field, String value) {
    return switch (field.getJavaType()) {
      case STRING -> value;
      case INT -> number(field, value);
      case LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM, MESSAGE ->
          throw new IllegalStateException("no path of Vald's has a " + field.getJavaType());
    };
  }

  private static int number(FieldDescriptor field, String value) {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new BadRestRequest(
          400, field.getName() + " '" + value + "' is no number from 0 to 4294967295");
    }
  }
}
