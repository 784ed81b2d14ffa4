package dev.kagami.cli.liberty;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for a server to get ready, and explains why it does not. Its patience begins when made. */
final class Readiness {

  /** Liberty logs each refusal. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final LibertyServer server;
  private final Duration patience;
  private final long deadlineNanos;

  Readiness(LibertyServer server, Duration patience) {
    this.server = server;
    this.patience = patience;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /**
   * Returns when every port says it is ready.
   *
   * @throws CommandFailure if the server ends, an application fails, or the patience does
   */
  void await() throws InterruptedException {
    try (var probe = new HealthProbe(server.ports())) {
      var notReady = probe.notReady();
      while (!notReady.isEmpty()) {
        var process = server.process().orElseThrow(() -> failure("ended while it was starting"));
        if (hasFailedApplication()) {
          throw failure("cannot start its applications");
        }
        if (System.nanoTime() > deadlineNanos) {
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

  private boolean hasFailedApplication() {
    try {
      return server.log().tellsOfFailedApplication();
    } catch (IOException unreadable) {
      return false; // whoever waits on will see; the evidence says what is wrong with the log
    }
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
