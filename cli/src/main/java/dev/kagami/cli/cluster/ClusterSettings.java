package dev.kagami.cli.cluster;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.WrongOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a cluster is made of; chosen at its first start and kept with its data.
 *
 * @param basePort the first port of site A; site k has those from {@code basePort + 100 k} on
 * @param heap of a server that holds agents, as the JVM's -Xmx reads it; the one setting that may
 *     change from start to start
 */
public record ClusterSettings(Topology topology, Space space, int basePort, String heap) {

  /** What {@code up} makes of nothing: small, and right for the sample data. */
  static final ClusterSettings DEFAULTS =
      new ClusterSettings(new Topology(2, 2, 1, false), new Space(100, "cosine"), 18080, "1g");

  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65_535;

  /** What a server with one agent and no vectors needs, with some room. */
  private static final long LEAST_HEAP_KILOBYTES = 128L << 10;

  public ClusterSettings {
    requireNonNull(topology, "topology");
    requireNonNull(space, "space");
    WrongOption.unlessWithin(
        "--base-port", basePort, LOWEST_PORT, highestBasePort(topology.sites()));
    if (!isSize(heap)) {
      throw new WrongOption("--heap must be 128m or more, like 512m or 2g, not " + heap + ".");
    }
  }

  private static int highestBasePort(int sites) {
    return HIGHEST_PORT - Site.HIGHEST_OFFSET - Site.PORTS * (sites - 1);
  }

  private static boolean isSize(String heap) {
    if (!heap.matches("[1-9][0-9]{0,7}[kKmMgG]")) {
      return false;
    }
    var number = Long.parseLong(heap, 0, heap.length() - 1, 10);
    var kilobytes =
        switch (heap.toLowerCase(Locale.ROOT).charAt(heap.length() - 1)) {
          case 'k' -> number;
          case 'm' -> number << 10;
          default -> number << 20;
        };
    return kilobytes >= LEAST_HEAP_KILOBYTES;
  }

  /** By the names of the options of {@code up}. */
  SequencedMap<String, String> toOptions() {
    var options = new LinkedHashMap<String, String>();
    options.put("sites", String.valueOf(topology.sites()));
    options.put("agents", String.valueOf(topology.agents()));
    options.put("replicas", String.valueOf(topology.replicas()));
    options.put("processes", String.valueOf(topology.processes()));
    options.put("dimension", String.valueOf(space.dimension()));
    options.put("metric", space.metric());
    options.put("object-type", space.objectType());
    options.put("base-port", String.valueOf(basePort));
    options.put("heap", heap);
    return options;
  }

  /**
   * The opposite of {@link #toOptions}.
   *
   * @throws IllegalArgumentException if one is missing or no number
   */
  static ClusterSettings fromOptions(Map<String, String> options) {
    return new ClusterSettings(
        new Topology(
            number(options, "sites"),
            number(options, "agents"),
            number(options, "replicas"),
            Boolean.parseBoolean(text(options, "processes"))),
        new Space(
            number(options, "dimension"),
            text(options, "metric"),
            options.getOrDefault("object-type", "float")), // clusters made before it was known
        number(options, "base-port"),
        text(options, "heap"));
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(text(options, name));
  }

  private static String text(Map<String, String> options, String name) {
    var value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value;
  }
}
