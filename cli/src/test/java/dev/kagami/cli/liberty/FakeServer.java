package dev.kagami.cli.liberty;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Stands in for Liberty: a process with the same last arguments, that reads its
 * bootstrap.properties and has health on HTTP and gRPC. Its {@code behaviour} is one of those named
 * below.
 */
final class FakeServer {

  static final String READY = "ready";
  static final String SILENT_GRPC = "silent-grpc";
  static final String FAILED_APPLICATION = "failed-application";
  static final String ENDS = "ends";

  private FakeServer() {}

  public static void main(String[] arguments) throws IOException {
    var settings = new Properties();
    try (var in = Files.newInputStream(Path.of(arguments[0], "bootstrap.properties"))) {
      settings.load(in);
    }
    var behaviour = settings.getProperty("behaviour");
    if (behaviour.equals(ENDS)) {
      return;
    }
    if (behaviour.equals(FAILED_APPLICATION)) {
      Files.writeString(
          Path.of(arguments[1], "messages.log"),
          "[11/21/26, 9:00:00:000 UTC] 0000002a a.b.C  E CWWKZ0002E: An exception occurred.\n");
    }
    serveHttp(port(settings, "http"), behaviour.equals(FAILED_APPLICATION) ? 503 : 200);
    if (behaviour.equals(READY)) {
      serveGrpc(port(settings, "grpc"));
    }
  }

  private static int port(Properties settings, String name) {
    return Integer.parseInt(settings.getProperty(name));
  }

  private static void serveHttp(int port, int status) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  private static void serveGrpc(int port) throws IOException {
    Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
        .addService(new HealthStatusManager().getHealthService())
        .build()
        .start();
  }
}
