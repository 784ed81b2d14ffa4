package dev.kagami.transport.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A channel that is connected again within about a second of the next call. gRPC alone would wait
 * longer after each failure, up to two minutes, and fail every call meanwhile, although the peer
 * may have been back long ago.
 */
final class RevivedChannel extends Channel {
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final ManagedChannel channel;
  private final AtomicLong lastTry = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  RevivedChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      retryConnection();
    }
    return channel.newCall(method, options);
  }

  /** Tells each loss of the connection, before it is made again. */
  void whenBroken(Runnable told) {
    watch(channel.getState(false), told);
  }

  private void watch(ConnectivityState before, Runnable told) {
    channel.notifyWhenStateChanged(
        before,
        () -> {
          var now = channel.getState(false);
          if (now == ConnectivityState.SHUTDOWN) {
            return;
          }
          watch(now, told);
          if (before == ConnectivityState.READY) {
            told.run();
          }
        });
  }

  private void retryConnection() {
    long last = lastTry.get();
    long now = System.nanoTime();
    if (now - last >= PAUSE_NANOS && lastTry.compareAndSet(last, now)) {
      channel.resetConnectBackoff();
    }
  }

  @Override
  public String authority() {
    return channel.authority();
  }

  void shutdown() {
    channel.shutdown();
  }

  void shutdownNow() {
    channel.shutdownNow();
  }
}
