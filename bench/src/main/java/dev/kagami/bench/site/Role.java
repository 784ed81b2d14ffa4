package dev.kagami.bench.site;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One role's gRPC server.
 *
 * @param hung another process, which hangs while it is this one's turn
 */
record Role(
    String name, ManagedChannel channel, ProcessHandle process, Optional<ProcessHandle> hung)
    implements AutoCloseable {
  private static final Pattern FORM = Pattern.compile("([^=]+)=([^:]+):(\\d+)@(\\d+)(?:!(\\d+))?");

  /**
   * Reads {@code name=host:port@pid}, or {@code name=host:port@pid!pid} with the one that hangs.
   *
   * @throws IllegalArgumentException for anything else, and if there is no such process
   */
  static Role parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text + " is not of the form name=host:port@pid");
    }
    var process = process(parts.group(4));
    var hung = Optional.ofNullable(parts.group(5)).map(Role::process);
    var channel =
        NettyChannelBuilder.forAddress(parts.group(2), Integer.parseInt(parts.group(3)))
            .usePlaintext()
            .directExecutor()
            .build();
    return new Role(parts.group(1), channel, process, hung);
  }

  private static ProcessHandle process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow(() -> new IllegalArgumentException("there is no process " + pid));
  }

  /** CPU time of all of the process so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
