package dev.kagami.gateway.discovery;

import dev.kagami.transport.client.Address;
import dev.kagami.transport.setting.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code kagami.gateway.discovery} and what belongs to it. */
public final class DiscoverySettings {
  private static final String WAY = "kagami.gateway.discovery";
  private static final String WAYS = "static, dns, discoverer or kubernetes";
  private static final String LIST = "kagami.gateway.agents";
  private static final String LIST_RANGE = "name=host:port,name=host:port,..., each name once";
  private static final int VALD_AGENT_PORT = 8081;
  private static final int MAX_PORT = 65_535;
  private static final int DAY_MILLIS = 86_400_000;

  private final Function<String, Optional<String>> source;

  private DiscoverySettings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /**
   * Reads and checks all settings of the way that is chosen; without a choice it is the list.
   *
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  public static Discovery read(Function<String, Optional<String>> source) {
    return new DiscoverySettings(source).read();
  }

  private Discovery read() {
    return switch (text(WAY, "static")) {
      case "static" ->
          new Discovery.Listed(
              Setting.of(LIST, LIST_RANGE, source).as(LIST_RANGE, DiscoverySettings::list));
      case "dns" ->
          new Discovery.Dns(
              Setting.of(WAY + ".dns.name", "the DNS name of the agents", source).value(),
              port(),
              interval(5_000));
      case "discoverer" ->
          new Discovery.FromDiscoverer(
              Setting.of(WAY + ".discoverer.address", "host:port of a discoverer", source)
                  .as("host:port", Address::parse),
              text(WAY + ".discoverer.name", "vald-agent"),
              text(WAY + ".discoverer.namespace", ""),
              text(WAY + ".discoverer.node", ""),
              port(),
              interval(200));
      case "kubernetes" ->
          new Discovery.Kubernetes(text(WAY + ".kubernetes.namespace", ""), selection(), port());
      default ->
          Setting.of(WAY, WAYS, source)
              .as(
                  WAYS,
                  _ -> {
                    throw new IllegalArgumentException("there is no such way");
                  });
    };
  }

  private Discovery.Selection selection() {
    var service = text(WAY + ".kubernetes.service", "");
    if (!service.isEmpty()) {
      return new Discovery.Selection.OfService(service);
    }
    var range = "label=value,label=value,...";
    return new Discovery.Selection.OfPods(
        Setting.of(WAY + ".kubernetes.labels", range + ", or a service", source)
            .as(range, DiscoverySettings::labels));
  }

  private static Map<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    for (var entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + entry.strip() + "' is no label=value");
      }
      labels.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
    }
    return labels;
  }

  private int port() {
    return Setting.optional(WAY + ".port", source)
        .map(setting -> setting.number(1, MAX_PORT))
        .orElse(VALD_AGENT_PORT);
  }

  private Duration interval(int usualMillis) {
    return Duration.ofMillis(
        Setting.optional(WAY + ".interval.millis", source)
            .map(setting -> setting.number(10, DAY_MILLIS))
            .orElse(usualMillis));
  }

  private String text(String name, String otherwise) {
    return Setting.optional(name, source).map(Setting::value).orElse(otherwise);
  }

  private static List<Sighting> list(String text) {
    var agents = new ArrayList<Sighting>();
    var names = new HashSet<String>();
    for (var entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + entry.strip() + "' has no name");
      }
      var name = entry.substring(0, equals).strip();
      if (!names.add(name)) {
        throw new IllegalArgumentException("'" + name + "' is there twice");
      }
      agents.add(Sighting.of(name, Address.parse(entry.substring(equals + 1).strip())));
    }
    return agents;
  }
}
