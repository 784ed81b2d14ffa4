package dev.kagami.transport.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.kagami.transport.grpc.ValdServer;
import io.grpc.Channel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One connection per address, made at the first call and made again when it is lost. Calls fail at
 * once while there is none. Answers arrive on the event loop. Thread-safe.
 */
public final class ChannelPool implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

  private final Consumer<Address> broken;

  // Both guarded by this.
  private final Map<Address, RevivedChannel> channels = new HashMap<>();
  private boolean closed;

  /** A pool whose callers notice a lost connection by their calls. */
  public ChannelPool() {
    this(_ -> {});
  }

  /**
   * A pool that tells of lost connections.
   *
   * @param broken is told at once, and before the connection is made again; must not block
   */
  public ChannelPool(Consumer<Address> broken) {
    this.broken = broken;
  }

  /**
   * The channel to {@code address}, the same for every caller until it is released.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public synchronized Channel channel(Address address) {
    if (closed) {
      throw new IllegalStateException("the pool is closed; no channel to " + address);
    }
    return channels.computeIfAbsent(address, this::open);
  }

  private RevivedChannel open(Address address) {
    var channel =
        new RevivedChannel(
            NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .directExecutor()
                .disableServiceConfigLookUp()
                .disableRetry()
                .maxInboundMessageSize(ValdServer.MAX_MESSAGE_BYTES)
                .keepAliveTime(10, SECONDS)
                .keepAliveTimeout(5, SECONDS)
                .keepAliveWithoutCalls(true)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .build());
    channel.whenBroken(() -> broken.accept(address));
    return channel;
  }

  /** Closes the channel to {@code address}; calls under way end, a later caller gets a new one. */
  public synchronized void release(Address address) {
    var channel = channels.remove(address);
    if (channel != null) {
      channel.shutdown();
    }
  }

  /** Closes all channels; calls under way are cancelled. */
  @Override
  public synchronized void close() {
    closed = true;
    channels.values().forEach(RevivedChannel::shutdownNow);
    channels.clear();
  }
}
