package dev.kagami.transport.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a {@code google.api.http} rule, such as {@code /object/{id.id}}: literals and
 * variables, each one segment. A variable names the field that it fills.
 */
record PathTemplate(List<Segment> segments) {
  /** One part between slashes. */
  sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Variable(String field) implements Segment {}
  }

  static PathTemplate parse(String template) {
    var segments = new ArrayList<Segment>();
    for (var part : split(template)) {
      segments.add(
          part.startsWith("{") && part.endsWith("}")
              ? new Segment.Variable(part.substring(1, part.length() - 1))
              : new Segment.Literal(part));
    }
    return new PathTemplate(List.copyOf(segments));
  }

  /** The parts of a path, without the slash at its beginning. */
  static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  /** How many parts are fixed; of two templates that match, the one with more of them counts. */
  int literals() {
    return (int) segments.stream().filter(Segment.Literal.class::isInstance).count();
  }

  /**
   * The decoded values by field if the path is one of this template.
   *
   * <p>The last variable may come as a query parameter instead, its slash and segment left out: web
   * containers refuse paths with an encoded slash, dot or line end, which ids may have.
   */
  Optional<Map<String, String>> match(List<String> path, Map<String, String> query) {
    var values = new LinkedHashMap<String, String>();
    if (path.size() == segments.size() - 1
        && segments.getLast() instanceof Segment.Variable(var field)
        && query.containsKey(field)) {
      values.put(field, query.get(field));
    } else if (path.size() != segments.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < path.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Literal(var text) -> {
          if (!text.equals(path.get(i))) {
            return Optional.empty();
          }
        }
        case Segment.Variable(var field) -> values.put(field, PercentEncoding.decode(path.get(i)));
      }
    }
    return Optional.of(values);
  }
}
