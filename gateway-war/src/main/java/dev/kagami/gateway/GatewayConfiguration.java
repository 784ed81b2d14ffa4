package dev.kagami.gateway;

import dev.kagami.core.store.WriterNumber;
import dev.kagami.gateway.discovery.Discovery;
import dev.kagami.gateway.discovery.DiscoverySettings;
import dev.kagami.gateway.discovery.ServedNames;
import dev.kagami.gateway.filter.FilterSettings;
import dev.kagami.gateway.indexing.IndexingSettings;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.gateway.placement.CorrectionSettings;
import dev.kagami.gateway.placement.Placement;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.setting.Setting;
import dev.kagami.transport.setting.SpaceSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a gateway is told at its start.
 *
 * @param name its own, unique within the site
 * @param number which of the site's gateways it is; if empty, it finds one that is free
 * @param cluster what it and its agents have in common
 * @param listen where its gRPC port is
 * @param secretFile the file with the mesh's shared secret
 * @param discovery how the agents are found
 * @param replicas copies of each vector
 * @param placement whether agents stand in for each other
 * @param correction how the copies are kept even, if they do
 * @param filters whom to show vectors to
 * @param indexing when indexes are built and saved
 * @param servedNames what the agents are called towards others
 */
record GatewayConfiguration(
    String name,
    Optional<Integer> number,
    Cluster cluster,
    Address listen,
    Path secretFile,
    Discovery discovery,
    int replicas,
    Placement placement,
    CorrectionSettings correction,
    FilterSettings filters,
    IndexingSettings indexing,
    ServedNames servedNames) {
  private static final int MAX_PORT = 65_535;
  private static final int MOST_REPLICAS = 1_000;

  /**
   * Reads and checks all settings.
   *
   * @param source gives the value of a key, if it has one
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  static GatewayConfiguration read(Function<String, Optional<String>> source) {
    var discovery = DiscoverySettings.read(source);
    int replicas =
        Setting.of("kagami.gateway.replicas", "1 to the number of agents", source)
            .number(1, mostReplicas(discovery));
    return new GatewayConfiguration(
        Setting.of("kagami.gateway.name", "a name", source).value(),
        Setting.optional("kagami.gateway.number", source)
            .map(number -> number.number(0, WriterNumber.GATEWAYS - 1)),
        cluster(source),
        listen(source),
        Setting.of("kagami.mesh.secret.file", "a file", source)
            .as("a file", GatewayConfiguration::path),
        discovery,
        replicas,
        placement(discovery, replicas, source),
        CorrectionSettings.read(source),
        FilterSettings.read(source),
        IndexingSettings.read(source),
        ServedNames.read(source));
  }

  /** Agents of a list stand in if there are others to do so, and a second copy to rest on. */
  private static Placement placement(
      Discovery discovery, int replicas, Function<String, Optional<String>> source) {
    boolean usual = !discovery.isFixed() || (replicas > 1 && replicas < mostReplicas(discovery));
    var standIns =
        Setting.optional("kagami.gateway.stand-ins", source).map(Setting::truth).orElse(usual);
    if (!standIns && !discovery.isFixed()) {
      throw new IllegalArgumentException(
          "kagami.gateway.stand-ins is 'false'; allowed is that only with a static list of agents");
    }
    return standIns ? Placement.WIDE : Placement.EXACT;
  }

  private static int mostReplicas(Discovery discovery) {
    return discovery instanceof Discovery.Listed(var agents) ? agents.size() : MOST_REPLICAS;
  }

  private static Cluster cluster(Function<String, Optional<String>> source) {
    return new Cluster(
        Setting.of("kagami.site.name", "the site's name", source).value(),
        Setting.of("kagami.site.number", "the site's number", source)
            .number(1, WriterNumber.MAX_SITE),
        SpaceSettings.read(source));
  }

  private static Address listen(Function<String, Optional<String>> source) {
    return new Address(
        Setting.of("kagami.grpc.host", "an address to bind", source).value(),
        Setting.of("kagami.gateway.grpc.port", "a port", source).number(1, MAX_PORT));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no path", e);
    }
  }
}
