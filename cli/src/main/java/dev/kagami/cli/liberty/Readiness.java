package dev.kagami.cli.liberty;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for a server that was just started, and explains why it does not get ready. */
record Readiness(LibertyServer server, Duration patience) {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /**
   * Returns when every port says it is ready.
   *
   * @throws CommandFailure if the server ends, an application fails, or the patience does
   */
  void await() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    try (var probe = new HealthProbe(server.ports())) {
      var notReady = probe.notReady();
      while (!notReady.isEmpty()) {
        var process = server.process().orElseThrow(() -> failure("ended while it was starting"));
        if (server.log().tellsOfFailedApplication()) {
          throw failure("cannot start its applications");
        }
        if (System.nanoTime() > deadline) {
          throw failure(
              "was not ready within "
                  + patience.toSeconds()
                  + " s: port "
                  + tell(notReady)
                  + " is silent");
        }
        Exits.within(process, LOOK_AGAIN);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        notReady = probe.notReady();
      }
    }
  }

  private static String tell(List<Port> ports) {
    return ports.stream().map(Port::toString).collect(Collectors.joining(", "));
  }

  private CommandFailure failure(String what) {
    return new CommandFailure(
        Stream.concat(Stream.of(server.name() + " " + what + "."), evidence())
            .collect(Collectors.joining("\n  ")));
  }

  private Stream<String> evidence() {
    try {
      return Stream.concat(
          server.log().faults().stream(), Stream.of("Its log: " + server.log().file()));
    } catch (IOException e) {
      return Stream.of("Its log cannot be read: " + e.getMessage());
    }
  }
}
