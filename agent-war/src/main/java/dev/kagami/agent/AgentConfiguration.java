package dev.kagami.agent;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.IndexSettings.SearchDefaults;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an agent is told at its start.
 *
 * @param site name of its site
 * @param identity who it is within the site
 * @param index how its index is built and searched
 * @param host where its gRPC server listens
 * @param port the same
 * @param secretFile holds the secret of the mesh
 * @param log where and how its writes are kept
 */
record AgentConfiguration(
    String site,
    AgentIdentity identity,
    IndexSettings index,
    String host,
    int port,
    Path secretFile,
    LogSettings log) {
  private static final int MEBIBYTE = 1 << 20;

  /**
   * Where and how writes are kept.
   *
   * @param data a directory of the agent's own
   * @param fileBytes length of each file of the log; two are made at each start
   */
  record LogSettings(Path data, int fileBytes) {}

  /**
   * Reads and checks everything.
   *
   * @param source the text of a setting, if it is set
   * @throws IllegalArgumentException naming a setting that is missing or bad, its value and what is
   *     allowed
   */
  static AgentConfiguration from(Function<String, Optional<String>> source) {
    var settings = new Settings(source);
    var host = settings.text("kagami.grpc.host");
    return new AgentConfiguration(
        settings.text("kagami.site.name"),
        new AgentIdentity(
            settings.parsed("kagami.agent.name", AgentConfiguration::checkedName),
            List.of(host),
            new WriterNumber(
                settings.number("kagami.site.number", 1, WriterNumber.MAX_SITE),
                WriterNumber.AGENT)),
        index(settings),
        host,
        settings.number("kagami.agent.grpc.port", 1, 65_535),
        settings.parsed("kagami.mesh.secret.file", Path::of),
        new LogSettings(
            settings.parsed("kagami.agent.data", Path::of),
            settings.number("kagami.agent.log.file-mebibytes", 4, 1024, 16) * MEBIBYTE));
  }

  private static IndexSettings index(Settings settings) {
    var space =
        new VectorSpace(
            settings.number(
                "kagami.dimension", VectorSpace.MIN_DIMENSION, VectorSpace.MAX_DIMENSION),
            settings.parsed("kagami.distance", Metric::parse));
    var usual = SearchDefaults.VALD;
    return new IndexSettings(
        space,
        settings.number("kagami.agent.graph.m", 2, 256, IndexSettings.CONNECTIONS),
        settings.number("kagami.agent.graph.beam", 8, 4096, IndexSettings.BEAM),
        new SearchDefaults(
            settings.fraction("kagami.agent.search.epsilon", 0.001f, 11, usual.epsilon()),
            settings.fraction("kagami.agent.search.radius", -1, Float.MAX_VALUE, usual.radius()),
            settings.number("kagami.agent.search.edge-size", 1, 10_000, usual.edgeSize())));
  }

  private static String checkedName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,63}")) {
      throw new IllegalArgumentException(
          "give 1 to 63 letters, digits, dots, underscores or hyphens");
    }
    return name;
  }
}
