package dev.kagami.gateway.filter;

import dev.kagami.transport.client.Address;
import dev.kagami.transport.grpc.VectorFilters.Use;
import dev.kagami.transport.setting.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which filters are asked, each list in its order.
 *
 * @param ingress for vectors on their way in
 * @param distance for hits
 * @param object for stored vectors
 * @param vectorizer makes vectors of objects if a request names nobody
 * @param named whom requests may name beside these
 * @param timeout longest wait for one answer
 */
public record FilterSettings(
    Map<Use, List<Address>> ingress,
    List<Address> distance,
    List<Address> object,
    Optional<Address> vectorizer,
    Named named,
    Duration timeout) {
  private static final String PREFIX = "kagami.gateway.filter.";
  private static final String LIST = "host:port,host:port,...";
  private static final int USUAL_TIMEOUT_MILLIS = 3_000;
  private static final int MOST_TIMEOUT_MILLIS = 600_000;

  /** Whom requests may name. */
  public sealed interface Named {
    /** Everybody. */
    record Anybody() implements Named {}

    /** Those, and whoever is configured anyway. */
    record These(List<Address> addresses) implements Named {
      public These {
        addresses = List.copyOf(addresses);
      }
    }
  }

  public FilterSettings {
    ingress = Map.copyOf(ingress);
    distance = List.copyOf(distance);
    object = List.copyOf(object);
  }

  /** Nobody is asked, and requests may name nobody. */
  public static FilterSettings none() {
    return read(_ -> Optional.empty());
  }

  /**
   * Reads {@code kagami.gateway.filter.…}; all of it may be absent.
   *
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  public static FilterSettings read(Function<String, Optional<String>> source) {
    var ingress = new EnumMap<Use, List<Address>>(Use.class);
    for (var use : Use.values()) {
      ingress.put(use, list(use.name().toLowerCase(Locale.ROOT), source));
    }
    return new FilterSettings(
        ingress,
        list("distance", source),
        list("object", source),
        Setting.optional(PREFIX + "vectorizer", source)
            .map(setting -> setting.as("host:port", Address::parse)),
        named(source),
        Duration.ofMillis(
            Setting.optional(PREFIX + "timeout.millis", source)
                .map(setting -> setting.number(1, MOST_TIMEOUT_MILLIS))
                .orElse(USUAL_TIMEOUT_MILLIS)));
  }

  private static Named named(Function<String, Optional<String>> source) {
    return Setting.optional(PREFIX + "named", source)
        .map(setting ->
            setting.value().equals("*")
                ? new Named.Anybody()
                : new Named.These(setting.as(LIST + ", or *", FilterSettings::addresses)))
        .orElseGet(() -> new Named.These(List.of()));
  }

  private static List<Address> list(String name, Function<String, Optional<String>> source) {
    return Setting.optional(PREFIX + name, source)
        .map(setting -> setting.as(LIST, FilterSettings::addresses))
        .orElse(List.of());
  }

  private static List<Address> addresses(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Address::parse).toList();
  }

  /** Whether a request may name {@code address}. */
  boolean allows(Address address) {
    return switch (named) {
      case Named.Anybody() -> true;
      case Named.These(var these) ->
          these.contains(address) || configured().anyMatch(address::equals);
    };
  }

  private Stream<Address> configured() {
    return Stream.of(
            ingress.values().stream().flatMap(List::stream),
            distance.stream(),
            object.stream(),
            vectorizer.stream())
        .flatMap(all -> all);
  }
}
