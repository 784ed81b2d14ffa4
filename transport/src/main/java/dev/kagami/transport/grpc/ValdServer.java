package dev.kagami.transport.grpc;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.kagami.transport.peer.PeerInterceptor;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A gRPC server on a port of its own: the given services, the standard health service and
 * reflection. Listens from construction on, says NOT_SERVING until told otherwise, and drains when
 * closed. Handlers run on the event loop and must not block.
 */
public final class ValdServer implements AutoCloseable {
  /** The largest message, decompressed: a Multi request of 10,000 vectors of 1,536 dimensions. */
  public static final int MAX_MESSAGE_BYTES = 64 << 20;

  /** Calls under way on one connection; a client that wants more waits or connects again. */
  public static final int MAX_CALLS_PER_CONNECTION = 1_000;

  /** The largest metadata of a call. */
  public static final int MAX_METADATA_BYTES = 16 << 10;

  private static final int DRAIN_SECONDS = 5;
  private static final int MAX_RESETS = 1_000;
  private static final int RESET_WINDOW_SECONDS = 10;

  private final Server server;
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<String> names = new ArrayList<>();

  /**
   * Starts to listen.
   *
   * @throws UncheckedIOException if the address cannot be bound, naming it
   */
  public ValdServer(ServerSettings settings, List<BindableService> services) {
    names.add(HealthStatusManager.SERVICE_NAME_ALL_SERVICES);
    for (var service : services) {
      names.add(service.bindService().getServiceDescriptor().getName());
    }
    serving(false);
    try {
      this.server = builder(settings, services).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "gRPC cannot listen on " + settings.host() + ":" + settings.port() + ": " + e, e);
    }
  }

  private NettyServerBuilder builder(ServerSettings settings, List<BindableService> services) {
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .directExecutor()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
            .handshakeTimeout(10, SECONDS)
            // notices a client that is gone without a word
            .keepAliveTime(1, MINUTES)
            .keepAliveTimeout(20, SECONDS)
            // Vald's clients ping every ten seconds, also without a call
            .permitKeepAliveTime(5, SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(olderReflection())
            // the last one is called first
            .intercept(new PartialAnswers())
            .intercept(new PeerInterceptor(settings.secret(), settings.role(), settings.clock()))
            .intercept(new FailureInterceptor());
    for (var service : services) {
      builder.addService(CheckedRequests.of(service.bindService()));
    }
    return builder;
  }

  @SuppressWarnings("deprecation") // v1alpha, which older tools still ask for
  private static BindableService olderReflection() {
    return ProtoReflectionService.newInstance();
  }

  /** The port that is listened on, also where the settings left it open. */
  public int port() {
    return server.getPort();
  }

  /** What the health service says from now on, for the whole server and for each service. */
  public void serving(boolean serving) {
    for (var name : names) {
      health.setStatus(name, serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }
  }

  /**
   * Takes no more calls, lets those under way end for {@value #DRAIN_SECONDS} seconds, then cuts
   * them. Blocks meanwhile.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN_SECONDS, SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(DRAIN_SECONDS, SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
