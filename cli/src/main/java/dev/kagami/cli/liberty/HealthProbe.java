package dev.kagami.cli.liberty;

import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks a server whether it is ready: MicroProfile Health on its HTTP port, the gRPC health service
 * on each gRPC port. Not thread-safe.
 */
final class HealthProbe implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Ports ports;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<Port, ManagedChannel> channels = new HashMap<>();

  HealthProbe(Ports ports) {
    this.ports = ports;
  }

  /** The ports that do not say they are ready; nothing to wait for if empty. */
  List<Port> notReady() {
    if (!isHttpReady(ports.health())) {
      return List.of(ports.health());
    }
    var notReady = new ArrayList<Port>();
    for (var port : ports.grpc()) {
      if (!isServing(port)) {
        notReady.add(port);
      }
    }
    return notReady;
  }

  private boolean isHttpReady(Port port) {
    var address = URI.create(port.url() + "/health/ready");
    try {
      var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isServing(Port port) {
    var channel = channels.computeIfAbsent(port, HealthProbe::open);
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    try {
      var answer =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance());
      return answer.getStatus() == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private static ManagedChannel open(Port port) {
    return Grpc.newChannelBuilder(port.address(), InsecureChannelCredentials.create()).build();
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    http.close();
  }
}
