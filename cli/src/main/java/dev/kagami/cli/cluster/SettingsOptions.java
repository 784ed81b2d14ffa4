package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say what a cluster is made of; each may be left out. */
final class SettingsOptions {

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "Mirrored sites A, B, C, ...: 1 to 26. (2)")
  private Optional<Integer> sites = Optional.empty();

  @Option(names = "--agents", paramLabel = "M", description = "Agents of each site: 1 to 20. (2)")
  private Optional<Integer> agents = Optional.empty();

  @Option(
      names = "--replicas",
      paramLabel = "R",
      description = "Agents of a site that hold the same vector: 1 to M. (1)")
  private Optional<Integer> replicas = Optional.empty();

  @Option(
      names = "--dimension",
      paramLabel = "D",
      description = "Numbers in a vector: 2 to 65536. (100, as the sample data)")
  private Optional<Integer> dimension = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "How vectors are compared: l1, l2, angle, cosine, normalizedl2, normalizedangle,"
              + " normalizedcosine, innerproduct, hamming or jaccard. (cosine)")
  private Optional<String> metric = Optional.empty();

  @Option(
      names = "--object-type",
      paramLabel = "TYPE",
      description =
          "What the numbers in a vector are: float, float16 or uint8, which hamming and jaccard"
              + " need. (float)")
  private Optional<String> objectType = Optional.empty();

  @Option(
      names = "--base-port",
      paramLabel = "P",
      description = {
        "Site k, counted from 0, listens from P + 100 k on: +0 HTTP (mirror REST, console, health),"
            + " +1 mirror gRPC, +2 gateway gRPC, +3 gateway HTTP, +11, +12, ... agents gRPC,"
            + " +31, +32, ... agents HTTP. From 1024 on. (18080)"
      })
  private Optional<Integer> basePort = Optional.empty();

  @Option(
      names = "--processes",
      negatable = true,
      description = "Give each mirror, gateway and agent a server of its own.")
  private Optional<Boolean> processes = Optional.empty();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description =
          "Java heap of each server with agents: 128m or more; may change from start to start."
              + " (1g)")
  private Optional<String> heap = Optional.empty();

  /**
   * The settings to start with: those of the cluster that is there, or the defaults, with what was
   * given on top.
   *
   * @throws CommandFailure if the cluster that is there was made with others
   */
  ClusterSettings over(Optional<ClusterSettings> existing) {
    var before = existing.orElse(ClusterSettings.DEFAULTS).toOptions();
    var wanted = new LinkedHashMap<>(before);
    wanted.putAll(given());
    var settings = ClusterSettings.fromOptions(wanted);
    if (existing.isPresent()) {
      refuseContradictions(before, settings.toOptions());
    }
    return settings;
  }

  private SequencedMap<String, String> given() {
    var given = new LinkedHashMap<String, String>();
    put(given, "sites", sites);
    put(given, "agents", agents);
    put(given, "replicas", replicas);
    put(given, "processes", processes);
    put(given, "dimension", dimension);
    put(given, "metric", metric);
    put(given, "object-type", objectType);
    put(given, "base-port", basePort);
    put(given, "heap", heap);
    return given;
  }

  private static void put(Map<String, String> given, String name, Optional<?> value) {
    value.ifPresent(v -> given.put(name, v.toString()));
  }

  private static void refuseContradictions(Map<String, String> before, Map<String, String> wanted) {
    var contradictions =
        wanted.entrySet().stream()
            .filter(option -> !option.getKey().equals("heap"))
            .filter(option -> !option.getValue().equals(before.get(option.getKey())))
            .map(o -> "--" + o.getKey() + " is " + before.get(o.getKey()) + ", not " + o.getValue())
            .collect(Collectors.joining("; "));
    if (!contradictions.isEmpty()) {
      throw new CommandFailure(
          "The cluster in this data directory was made with other settings ("
              + contradictions
              + "): leave those options out, or choose another directory with --data.");
    }
  }
}
