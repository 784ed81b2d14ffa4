package dev.kagami.transport.rest;

import com.google.protobuf.ByteString;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request.
 *
 * @param verb such as GET
 * @param path as sent, percent-encoded, with or without the slash at its beginning
 * @param query as sent, percent-encoded, without the question mark; empty if there is none
 * @param headers by name, whatever the case
 * @param body empty if there is none
 */
public record RestRequest(
    String verb, String path, String query, Map<String, String> headers, ByteString body) {
  public RestRequest {
    verb = verb.toUpperCase(Locale.ROOT);
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
