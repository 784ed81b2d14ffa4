package dev.kagami.cli.vectors;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A gRPC server in the place of a site's mirror, and a data directory that says so. Nothing else of
 * the site exists.
 */
public final class ScriptedSite implements AutoCloseable {

  private static final int MIRROR_GRPC = 1;

  private final Server server;
  private final Connection connection;

  ScriptedSite(BindableService service) throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(service)
            .build()
            .start();
    connection = Connection.to("127.0.0.1:" + server.getPort());
  }

  Connection connection() {
    return connection;
  }

  /** Makes {@code folder} the data directory of a cluster whose site A this is. */
  Path describeIn(Path folder) throws IOException {
    return describe(folder, server.getPort() - MIRROR_GRPC);
  }

  /** Makes {@code folder} the data directory of a cluster with this base port and two sites. */
  public static Path describe(Path folder, int basePort) throws IOException {
    return Files.write(
            folder.resolve("cluster.properties"),
            List.of(
                "sites=2",
                "agents=2",
                "replicas=1",
                "processes=false",
                "dimension=2",
                "metric=cosine",
                "base-port=" + basePort,
                "heap=1g"))
        .getParent();
  }

  @Override
  public void close() {
    connection.close();
    server.shutdownNow();
  }
}
