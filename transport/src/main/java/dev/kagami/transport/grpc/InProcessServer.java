package dev.kagami.transport.grpc;

import dev.kagami.core.store.Node;
import dev.kagami.transport.peer.MeshSecret;
import dev.kagami.transport.peer.PeerInterceptor;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;

/**
 * The same services behind the same interceptors as a {@link ValdServer}'s, reached by this process
 * alone through a channel without bytes or threads. This is how REST calls them.
 */
public final class InProcessServer implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  public InProcessServer(
      List<BindableService> services, Node.Role role, MeshSecret secret, InstantSource clock) {
    var name = InProcessServerBuilder.generateName();
    var builder =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .intercept(new PartialAnswers())
            .intercept(new PeerInterceptor(secret, role, clock))
            .intercept(new FailureInterceptor());
    services.forEach(builder::addService);
    try {
      this.server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException("the in-process services cannot start", e);
    }
    this.channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  public Channel channel() {
    return channel;
  }

  /** What is served. */
  public List<ServiceDescriptor> services() {
    return server.getServices().stream()
        .map(ServerServiceDefinition::getServiceDescriptor)
        .toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
