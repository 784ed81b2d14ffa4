package dev.kagami.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Node;
import dev.kagami.transport.grpc.Eventually;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelPoolTest {
  private final ChannelPool pool = new ChannelPool();

  @AfterEach
  void close() {
    pool.close();
  }

  @AtTheRim("the server's clock")
  private static ValdServer start(int port) {
    return new ValdServer(
        new ServerSettings(
            "127.0.0.1", port, Node.Role.AGENT, RunningServer.SECRET, InstantSource.system()),
        List.of());
  }

  private static Status.Code ask(Channel channel) {
    try {
      HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException failure) {
      return failure.getStatus().getCode();
    }
  }

  @Test
  void oneAddress_hasOneChannelUntilReleased() {
    try (var server = start(0)) {
      var address = new Address("127.0.0.1", server.port());
      var channel = pool.channel(address);

      assertThat(pool.channel(new Address("127.0.0.1", server.port()))).isSameAs(channel);
      assertThat(ask(channel)).isEqualTo(Status.Code.OK);

      pool.release(address);
      pool.release(address);
      // gRPC shuts a channel down in the background when a thread of its own is at work on it
      Eventually.until(() -> ask(channel) == Status.Code.UNAVAILABLE);
      assertThat(ask(pool.channel(address))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void serverEnds_lostConnectionIsTold() throws InterruptedException {
    var broken = new LinkedBlockingQueue<Address>();
    try (var watched = new ChannelPool(broken::add)) {
      Address address;
      try (var server = start(0)) {
        address = new Address("127.0.0.1", server.port());
        assertThat(ask(watched.channel(address))).isEqualTo(Status.Code.OK);
        assertThat(broken).isEmpty();
      }

      assertThat(broken.poll(60, TimeUnit.SECONDS)).isEqualTo(address);
    }
  }

  @Test
  void serverThatIsAway_failsCallsAtOnceAndIsFoundAgainWhenItIsBack() {
    int port;
    try (var first = start(0)) {
      port = first.port();
      assertThat(ask(pool.channel(new Address("127.0.0.1", port)))).isEqualTo(Status.Code.OK);
    }
    var channel = pool.channel(new Address("127.0.0.1", port));
    // Enough failures for gRPC's own pause between attempts to grow to several seconds.
    Eventually.until(() -> ask(channel) == Status.Code.UNAVAILABLE);
    for (int i = 0; i < 50; i++) {
      assertThat(ask(channel)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    try (var second = start(port)) {
      assertThat(second.port()).isEqualTo(port);
      Eventually.until(() -> ask(channel) == Status.Code.OK);
    }
  }

  @Test
  void closedPool_opensNothingMore() {
    pool.close();

    assertThatThrownBy(() -> pool.channel(new Address("127.0.0.1", 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
