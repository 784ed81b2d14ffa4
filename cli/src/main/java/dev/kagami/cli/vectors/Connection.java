package dev.kagami.cli.vectors;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;

/** A gRPC channel to one process, closed with the command. Thread-safe. */
public final class Connection implements AutoCloseable {

  private final ManagedChannel channel;

  private Connection(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Connects when first used; {@code address} is host:port. */
  public static Connection to(String address) {
    return new Connection(
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build());
  }

  public Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
