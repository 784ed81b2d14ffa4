package dev.kagami.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * One more mirror process of a site that {@code ./kagami up} has started as one server: the same
 * settings, but a name, ports and a journal of its own.
 */
final class SecondMirror implements AutoCloseable {
  static final String NAME = "mirror-2";

  private static final Duration SOON = Duration.ofMinutes(2);

  private final Path data;
  private final String site;
  private final String server;
  private final Map<String, String> environment;
  private Process process;

  /**
   * @param data of the sites
   * @param http its HTTP port; its gRPC port is the next one
   */
  SecondMirror(Path data, String site, int http, Map<String, String> environment) {
    this.data = data;
    this.site = site;
    this.server = site + "-" + NAME;
    this.environment = new LinkedHashMap<>(environment);
    var settings = settingsOfTheFirst();
    settings.put("http.port", Integer.toString(http));
    settings.put("kagami.mirror.grpc.port", Integer.toString(http + 1));
    settings.put("kagami.mirror.name", NAME);
    settings.put("kagami.mirror.data", volume().toString());
    write(settings);
    start();
  }

  private Map<String, String> settingsOfTheFirst() {
    var properties = new Properties();
    try (var text = Files.newBufferedReader(folder(site).resolve("bootstrap.properties"))) {
      properties.load(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var settings = new LinkedHashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  private void write(Map<String, String> settings) {
    var lines = settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue());
    try {
      Files.createDirectories(folder(server));
      Files.write(folder(server).resolve("bootstrap.properties"), lines.toList());
      Files.writeString(
          folder(server).resolve("server.xml"),
          "<server><include location=\"${kagami.home}/liberty/mirror.xml\"/></server>");
      Files.copy(folder(site).resolve("jvm.options"), folder(server).resolve("jvm.options"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path folder(String name) {
    return data.resolve("wlp").resolve("servers").resolve(name);
  }

  /** Starts it, or starts it again with its journal. */
  void start() {
    var builder = new ProcessBuilder(script().toString(), "run", server);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", data.resolve("wlp").toString());
    builder.environment().put("WLP_OUTPUT_DIR", data.resolve("out").toString());
    try {
      process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(printed().toFile()))
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path script() {
    try (Stream<Path> runtimes = Files.list(Launcher.root().resolve(".runtime"))) {
      return runtimes
          .map(runtime -> runtime.resolve("wlp/bin/server"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no Liberty in .runtime"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends it by SIGKILL. */
  void kill() {
    var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Eventually.waitUntil(
        server + " is gone", SOON, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** All that it has on disk is gone; only while it does not run. */
  void loseVolume() {
    try (var files = Files.walk(volume())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path volume() {
    return data.resolve(site).resolve(NAME);
  }

  /** What it has printed. */
  String says() {
    return Launcher.read(printed());
  }

  private Path printed() {
    return data.resolve(server + ".out");
  }

  @Override
  public void close() {
    kill();
  }
}
