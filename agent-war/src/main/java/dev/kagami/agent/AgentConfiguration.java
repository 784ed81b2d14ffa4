package dev.kagami.agent;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.IndexSettings.SearchDefaults;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.transport.setting.Setting;
import dev.kagami.transport.setting.SpaceSettings;
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
  private static final int RESERVE = 64;
  private static final int MAX_PORT = 65_535;
  private static final int MOST_PENDING = 10_000_000;
  private static final String NAME_RANGE =
      "a name of 1 to 63 letters, digits, dots, underscores or hyphens";

  /**
   * Where and how writes are kept.
   *
   * @param data a directory of the agent's own
   * @param fileBytes length of each file of the log; two are made at each start
   * @param durability what acknowledged writes survive
   * @param reserveBytes room on the disk that is kept for a restart
   */
  record LogSettings(Path data, int fileBytes, Durability durability, long reserveBytes) {}

  /**
   * Reads and checks everything.
   *
   * @param source the text of a setting, if it is set
   * @throws IllegalArgumentException naming a setting that is missing or bad, its value and what is
   *     allowed
   */
  static AgentConfiguration from(Function<String, Optional<String>> source) {
    var host = Setting.of("kagami.grpc.host", "an address to bind", source).value();
    return new AgentConfiguration(
        Setting.of("kagami.site.name", "the site's name", source).value(),
        identity(host, source),
        index(source),
        host,
        Setting.of("kagami.agent.grpc.port", "a port", source).number(1, MAX_PORT),
        Setting.of("kagami.mesh.secret.file", "a file", source).as("a file", Path::of),
        new LogSettings(
            Setting.of("kagami.agent.data", "a directory", source).as("a directory", Path::of),
            number("kagami.agent.log.file-mebibytes", 4, 1024, 16, source) * MEBIBYTE,
            Setting.optional("kagami.agent.fsync", source)
                .map(setting -> setting.as("fsync, os or memory", Durability::parse))
                .orElse(Durability.FSYNC),
            (long) number("kagami.agent.reserve-mebibytes", 0, 65_536, RESERVE, source)
                * MEBIBYTE));
  }

  private static AgentIdentity identity(String host, Function<String, Optional<String>> source) {
    return new AgentIdentity(
        Setting.of("kagami.agent.name", NAME_RANGE, source)
            .as(NAME_RANGE, AgentConfiguration::checkedName),
        List.of(host),
        new WriterNumber(
            Setting.of("kagami.site.number", "the site's number", source)
                .number(1, WriterNumber.MAX_SITE),
            WriterNumber.AGENT));
  }

  private static IndexSettings index(Function<String, Optional<String>> source) {
    var usual = SearchDefaults.VALD;
    return new IndexSettings(
        SpaceSettings.read(source),
        number("kagami.agent.graph.m", 2, 256, IndexSettings.CONNECTIONS, source),
        number("kagami.agent.graph.beam", 8, 4096, IndexSettings.BEAM, source),
        number("kagami.agent.graph.pending", 1, MOST_PENDING, IndexSettings.PENDING, source),
        new SearchDefaults(
            Setting.optional("kagami.agent.search.epsilon", source)
                .map(epsilon -> epsilon.fraction(0.001f, 11))
                .orElse(usual.epsilon()),
            Setting.optional("kagami.agent.search.radius", source)
                .map(radius -> radius.fraction(-1, Float.MAX_VALUE))
                .orElse(usual.radius()),
            number("kagami.agent.search.edge-size", 1, 10_000, usual.edgeSize(), source)));
  }

  private static int number(
      String name, int least, int most, int usual, Function<String, Optional<String>> source) {
    return Setting.optional(name, source).map(setting -> setting.number(least, most)).orElse(usual);
  }

  private static String checkedName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,63}")) {
      throw new IllegalArgumentException("it is none");
    }
    return name;
  }
}
