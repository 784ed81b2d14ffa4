package dev.kagami.transport.rest;

import io.grpc.Metadata;
import java.util.List;
import java.util.Map;

/** What passes between HTTP headers and the metadata of a call. */
final class RestMetadata {
  private static final String OWN = "kagami-";
  private static final String SECRET = "kagami-mesh";
  private static final List<String> INWARD = List.of(SECRET, "kagami-mode", "forwarded-for");

  private RestMetadata() {}

  /** The headers that a service may be told. */
  static Metadata of(RestRequest request) {
    var metadata = new Metadata();
    for (var name : INWARD) {
      request.header(name).ifPresent(value -> metadata.put(key(name), value));
    }
    return metadata;
  }

  /** Adds what a service tells of the request; never the secret. */
  static void addTo(Map<String, String> headers, Metadata metadata) {
    for (var name : metadata.keys()) {
      if (name.startsWith(OWN)
          && !name.equals(SECRET)
          && !name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        headers.put(name, String.join(", ", metadata.getAll(key(name))));
      }
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
