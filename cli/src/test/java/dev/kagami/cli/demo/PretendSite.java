package dev.kagami.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** One side of a {@link PretendMesh} behind real gRPC and HTTP ports. */
final class PretendSite implements AutoCloseable {

  private final PretendMesh mesh;
  private final boolean isB;
  private final Server server;
  private final HttpServer http;

  PretendSite(PretendMesh mesh, boolean isB) throws IOException {
    this.mesh = mesh;
    this.isB = isB;
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        NettyServerBuilder.forAddress(anyPort, InsecureServerCredentials.create())
            .addServices(
                new PretendServices(mesh, isB).all().stream().map(s -> s.bindService()).toList())
            .build()
            .start();
    http = HttpServer.create(anyPort, 0);
    http.createContext("/admin/v1/targets", this::listTargets);
    http.createContext("/admin/v1/read-only", this::setReadOnly);
    http.start();
  }

  SiteClient client() {
    return new SiteClient(isB ? "B" : "A", "127.0.0.1:" + server.getPort());
  }

  SiteAdmin admin() {
    var url = "http://127.0.0.1:" + http.getAddress().getPort();
    return new SiteAdmin(url, List.of(url), Duration.ofMillis(300));
  }

  private void listTargets(HttpExchange exchange) throws IOException {
    var phase = mesh.has(Fault.MESH_STAYS_PENDING) ? "Pending" : "Connected";
    answer(exchange, 200, "[{\"host\": \"127.0.0.1\", \"phase\": \"" + phase + "\"}]");
  }

  private void setReadOnly(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (isB) {
      mesh.setReadOnly(body.contains("true"));
    }
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.shutdownNow();
    http.stop(0);
  }
}
