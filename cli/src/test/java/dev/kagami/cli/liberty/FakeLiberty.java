package dev.kagami.cli.liberty;

import dev.kagami.cli.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * An installation whose {@code server} script starts {@link FakeServer}s as Liberty's starts
 * servers: in the background, with a second process beside them while it waits.
 */
final class FakeLiberty {

  private static final String SCRIPT =
      """
      #!/bin/sh
      # server start NAME
      logs=$WLP_OUTPUT_DIR/$2/logs
      mkdir -p "$logs"
      rm -f "$logs/messages.log"
      "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp 'CLASSPATH' \
        dev.kagami.cli.liberty.FakeServer "$WLP_USER_DIR/servers/$2" "$logs" ws-server.jar "$2" \
        >"$logs/console.log" 2>&1 &
      mkdir -p "$WLP_OUTPUT_DIR/.pid"
      echo $! >"$WLP_OUTPUT_DIR/.pid/$2.pid"
      "$JAVA_HOME/bin/java" -version >/dev/null 2>&1
      echo "Server $2 started."
      """;

  private final Installation installation;
  private final Path data;

  FakeLiberty(Path folder) throws IOException {
    var jdk = Path.of(System.getProperty("java.home"));
    installation = new Installation(folder, folder.resolve("wlp"), folder.resolve("dist"), jdk);
    data = Files.createDirectories(folder.resolve("data"));
    var script = installation.liberty().resolve("bin").resolve("server");
    Files.createDirectories(script.getParent());
    Files.writeString(script, SCRIPT.replace("CLASSPATH", System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(installation.home().resolve("apps"));
    Files.writeString(installation.home().resolve("apps").resolve("some.war"), "v1");
  }

  Installation installation() {
    return installation;
  }

  ServerFolders folders() {
    return new ServerFolders(data);
  }

  /** On two free ports. */
  LibertyServer server(String name, String behaviour) throws IOException {
    return new LibertyServer(installation, data, definition(name, behaviour));
  }

  static ServerDefinition definition(String name, String behaviour) throws IOException {
    try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var grpc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = new LinkedHashMap<String, String>();
      settings.put("behaviour", behaviour);
      settings.put("http", String.valueOf(http.getLocalPort()));
      settings.put("grpc", String.valueOf(grpc.getLocalPort()));
      var ports =
          new Ports(
              new Port(http.getLocalPort(), "HTTP of " + name),
              List.of(new Port(grpc.getLocalPort(), "gRPC of " + name)),
              List.of());
      var files = new ServerFiles("<server/>", settings, List.of("-Xmx64m"), List.of("some.war"));
      return new ServerDefinition(name, ports, files);
    }
  }
}
