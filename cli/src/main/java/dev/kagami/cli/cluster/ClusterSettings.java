package dev.kagami.cli.cluster;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.CommandFailure;
import java.util.LinkedHashMap;
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

  public ClusterSettings {
    requireNonNull(topology, "topology");
    requireNonNull(space, "space");
    var last = basePort + Site.PORTS * (topology.sites() - 1) + Site.HIGHEST_OFFSET;
    if (basePort < LOWEST_PORT || last > HIGHEST_PORT) {
      throw new CommandFailure(
          "--base-port "
              + basePort
              + " gives the ports "
              + basePort
              + " to "
              + last
              + "; they must be within "
              + LOWEST_PORT
              + " to "
              + HIGHEST_PORT
              + ".");
    }
    if (!heap.matches("[1-9][0-9]*[kKmMgG]")) {
      throw new CommandFailure("--heap must be a size like 512m or 2g, not " + heap + ".");
    }
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
        new Space(number(options, "dimension"), text(options, "metric")),
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
