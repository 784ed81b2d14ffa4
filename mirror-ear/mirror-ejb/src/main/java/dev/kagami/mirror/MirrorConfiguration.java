package dev.kagami.mirror;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.mirror.kubernetes.KubernetesSettings;
import dev.kagami.mirror.mesh.AddressRules;
import dev.kagami.mirror.mesh.AddressRules.Loopback;
import dev.kagami.mirror.mesh.HealthLimits;
import dev.kagami.mirror.mesh.MeshSettings.Pace;
import dev.kagami.mirror.mesh.OwnNode;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.mirror.replication.Mode;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.setting.Setting;
import dev.kagami.transport.setting.SpaceSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a mirror is told at its start.
 *
 * @param identity who it is
 * @param listen where its gRPC port is
 * @param gateway the own site's
 * @param mesh whom it is mirrored to
 * @param files what it finds and keeps on disk
 */
public record MirrorConfiguration(
    OwnNode.Identity identity, Address listen, Address gateway, MeshRules mesh, Files files) {
  private static final int MAX_PORT = 65_535;
  private static final Duration LEAST_RETENTION = Duration.ofHours(1);
  private static final String ADDRESS = "host:port";
  private static final String MODES = "connected, strict, quorum or local";

  /**
   * What is configured of the mesh.
   *
   * @param targets the static list
   * @param addresses which addresses may be targets
   * @param health when a target counts as disconnected
   * @param pace how often targets are called; not to be set
   * @param mode which targets a write needs
   * @param retention how long removals and undos are remembered at least
   * @param verification from one comparison of all targets to the next; zero for none
   * @param kubernetes where targets are custom resources, if they are
   */
  public record MeshRules(
      Set<Address> targets,
      AddressRules addresses,
      HealthLimits health,
      Pace pace,
      Mode mode,
      Duration retention,
      Duration verification,
      Optional<KubernetesSettings> kubernetes) {
    public MeshRules {
      targets = Set.copyOf(targets);
    }
  }

  /**
   * Paths.
   *
   * @param data the directory that is this process's own
   * @param secret holds the mesh's shared secret
   */
  public record Files(Path data, Path secret) {}

  /**
   * Reads and checks all settings.
   *
   * @param source gives the value of a key, if it has one
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  static MirrorConfiguration read(Function<String, Optional<String>> source) {
    var loopback =
        Setting.of("kagami.mirror.allow-loopback", "true or false", source)
            .as("true or false", MirrorConfiguration::loopback);
    var addresses = new AddressRules(loopback);
    return new MirrorConfiguration(
        identity(addresses, source),
        listen(source),
        Setting.of("kagami.mirror.gateway", ADDRESS, source).as(ADDRESS, Address::parse),
        new MeshRules(
            targets(addresses, source),
            addresses,
            health(source),
            Pace.EACH_SECOND,
            Setting.of("kagami.mirror.mode", MODES, source).as(MODES, Mode::parse),
            retention(source),
            time("kagami.mirror.verification.interval", source),
            kubernetes(source)),
        new Files(
            Setting.of("kagami.mirror.data", "a directory", source)
                .as("a directory", MirrorConfiguration::path),
            Setting.of("kagami.mesh.secret.file", "a file", source)
                .as("a file", MirrorConfiguration::path)));
  }

  private static OwnNode.Identity identity(
      AddressRules addresses, Function<String, Optional<String>> source) {
    int number =
        Setting.of("kagami.site.number", "the site's number", source)
            .number(1, WriterNumber.MAX_SITE);
    return new OwnNode.Identity(
        Setting.of("kagami.site.name", "the site's name", source)
            .as("a name", name -> new Site(name, number)),
        Setting.of("kagami.mirror.name", "a name", source).value(),
        Setting.of("kagami.mirror.address", ADDRESS, source)
            .as(ADDRESS + " as other sites reach it", text -> target(addresses, text)),
        SpaceSettings.read(source));
  }

  private static Address listen(Function<String, Optional<String>> source) {
    return new Address(
        Setting.of("kagami.grpc.host", "an address to bind", source).value(),
        Setting.of("kagami.mirror.grpc.port", "a port", source).number(1, MAX_PORT));
  }

  /** An absent list is an empty one. */
  private static Set<Address> targets(
      AddressRules addresses, Function<String, Optional<String>> source) {
    var range = "host:port,host:port,...";
    return Setting.optional("kagami.mirror.targets", source)
        .map(list ->
            list.as(
                range,
                text ->
                    Arrays.stream(text.split(",", -1))
                        .map(each -> target(addresses, each.strip()))
                        .collect(Collectors.toSet())))
        .orElse(Set.of());
  }

  private static Optional<KubernetesSettings> kubernetes(
      Function<String, Optional<String>> source) {
    boolean isOn =
        Setting.of("kagami.mirror.kubernetes", "true or false", source)
            .as("true or false", MirrorConfiguration::truth);
    return isOn
        ? Optional.of(
            new KubernetesSettings(
                text("kagami.mirror.kubernetes.namespace", source),
                text("kagami.mirror.kubernetes.group", source),
                text("kagami.mirror.kubernetes.colocation", source)))
        : Optional.empty();
  }

  private static String text(String name, Function<String, Optional<String>> source) {
    return Setting.optional(name, source).map(Setting::value).orElse("");
  }

  private static HealthLimits health(Function<String, Optional<String>> source) {
    return new HealthLimits(
        Setting.of("kagami.mirror.health.failures", "failures in a row", source).number(0, 1_000),
        time("kagami.mirror.health.minimum-time", source),
        time("kagami.mirror.health.longest-wait", source));
  }

  private static Duration retention(Function<String, Optional<String>> source) {
    return Setting.of("kagami.mirror.retention", "such as P7D", source)
        .as(
            "a time such as P7D, " + LEAST_RETENTION + " or more",
            text -> {
              var retention = time(text);
              if (retention.compareTo(LEAST_RETENTION) < 0) {
                throw new IllegalArgumentException("clocks and messages may be as far apart");
              }
              return retention;
            });
  }

  private static Address target(AddressRules addresses, String text) {
    var address = Address.parse(text);
    try {
      return addresses.check(address.host(), address.port(), "address");
    } catch (ValdException.InvalidArgument refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  private static Loopback loopback(String text) {
    return truth(text) ? Loopback.ALLOWED : Loopback.REFUSED;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it is neither");
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no path", e);
    }
  }

  private static Duration time(String name, Function<String, Optional<String>> source) {
    return Setting.of(name, "such as PT2S", source)
        .as("a time such as PT2S, 0 or more", MirrorConfiguration::time);
  }

  private static Duration time(String text) {
    try {
      var time = Duration.parse(text);
      if (time.isNegative()) {
        throw new IllegalArgumentException("it is negative");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("it is no time", e);
    }
  }
}
