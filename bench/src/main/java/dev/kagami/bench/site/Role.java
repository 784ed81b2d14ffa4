package dev.kagami.bench.site;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.regex.Pattern;

/** One role's gRPC server. */
record Role(String name, ManagedChannel channel, ProcessHandle process) implements AutoCloseable {
  private static final Pattern FORM = Pattern.compile("([^=]+)=([^:]+):(\\d+)@(\\d+)");

  /**
   * Reads {@code name=host:port@pid}.
   *
   * @throws IllegalArgumentException for anything else, and if there is no such process
   */
  static Role parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text + " is not of the form name=host:port@pid");
    }
    var process =
        ProcessHandle.of(Long.parseLong(parts.group(4)))
            .orElseThrow(() -> new IllegalArgumentException(text + ": no such process"));
    var channel =
        NettyChannelBuilder.forAddress(parts.group(2), Integer.parseInt(parts.group(3)))
            .usePlaintext()
            .directExecutor()
            .build();
    return new Role(parts.group(1), channel, process);
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
