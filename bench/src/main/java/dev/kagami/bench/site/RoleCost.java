package dev.kagami.bench.site;

import dev.kagami.bench.SampleWords;
import dev.kagami.core.AtTheRim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;

/**
 * The same calls to several roles of sites that run, by turns: how many per second, how long each
 * takes, and what CPU time the server spends. With all roles in one process the difference of two
 * is what the outer one adds; of one gateway with and without a hung agent, what that costs.
 */
public final class RoleCost {
  private static final int NUM = 10;
  private static final float LEAST_EFFORT = 1e-6f;

  /** Beyond what a gateway waits for who is silent, and what it takes to ask that one again. */
  private static final Duration GETTING_USED = Duration.ofSeconds(6);

  private RoleCost() {}

  /**
   * Prints a line for each role.
   *
   * @param arguments {@code search}, {@code insert} or {@code glance}, a search with the least
   *     effort, which hardly costs more than the call; a file as {@code samples/README.md}
   *     describes; calls in flight; seconds of a turn; rounds; roles, as {@link Role#parse} reads
   */
  @AtTheRim("prints to the console, makes ids that no earlier run has made")
  public static void main(String[] arguments) throws InterruptedException {
    var vectors = vectors(Path.of(arguments[1]));
    var loop =
        switch (arguments[0]) {
          case "search" -> new ClosedLoop<>(SearchGrpc.getSearchMethod(), searches(vectors, 0));
          case "glance" ->
              new ClosedLoop<>(SearchGrpc.getSearchMethod(), searches(vectors, LEAST_EFFORT));
          case "insert" ->
              new ClosedLoop<>(
                  InsertGrpc.getInsertMethod(),
                  inserts(
                      "run-" + ProcessHandle.current().pid() + "-" + System.nanoTime(), vectors));
          default -> throw new IllegalArgumentException("neither search nor glance nor insert");
        };
    int inFlight = Integer.parseInt(arguments[2]);
    var turn = Duration.ofSeconds(Integer.parseInt(arguments[3]));
    int rounds = Integer.parseInt(arguments[4]);
    var roles = Arrays.stream(arguments).skip(5).map(Role::parse).toList();
    print(arguments[0], run(loop, roles, inFlight, turn, rounds));
    roles.forEach(Role::close);
  }

  private static List<Object.Vector> vectors(Path file) {
    return SampleWords.read(file).values().stream()
        .map(vector -> {
          var message = Object.Vector.newBuilder();
          for (float component : vector.toArray()) {
            message.addVector(component);
          }
          return message.build();
        })
        .toList();
  }

  /**
   * @param epsilon the effort, 0 for the usual one
   */
  private static Supplier<Search.Request> searches(List<Object.Vector> vectors, float epsilon) {
    var config = Search.Config.newBuilder().setNum(NUM).setRadius(-1).setEpsilon(epsilon);
    var requests =
        vectors.stream()
            .map(vector ->
                Search.Request.newBuilder()
                    .addAllVector(vector.getVectorList())
                    .setConfig(config)
                    .build())
            .toList();
    var next = new AtomicInteger();
    return () -> requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
  }

  private static Supplier<Insert.Request> inserts(String run, List<Object.Vector> vectors) {
    var next = new AtomicInteger();
    return () -> {
      int number = next.getAndIncrement();
      var vector = vectors.get(number % vectors.size()).toBuilder().setId(run + "-" + number);
      return Insert.Request.newBuilder().setVector(vector).build();
    };
  }

  private static Map<Role, List<Measured>> run(
      ClosedLoop<?, ?> loop, List<Role> roles, int inFlight, Duration turn, int rounds)
      throws InterruptedException {
    var turns = new LinkedHashMap<Role, List<Measured>>();
    roles.forEach(role -> turns.put(role, new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      for (var role : roles) {
        var measured = turn(loop, role, inFlight, turn);
        if (round > 0) {
          turns.get(role).add(measured);
        }
      }
    }
    return turns;
  }

  private static Measured turn(ClosedLoop<?, ?> loop, Role role, int inFlight, Duration turn)
      throws InterruptedException {
    if (role.hung().isEmpty()) {
      return loop.run(role, inFlight, turn);
    }
    Measured measured;
    try (var _ = new Hang(role.hung().get())) {
      var _ = loop.run(role, inFlight, GETTING_USED);
      measured = loop.run(role, inFlight, turn);
    }
    var _ = loop.run(role, inFlight, GETTING_USED);
    return measured;
  }

  private static void print(String what, Map<Role, List<Measured>> turns) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %10s %8s %9s %9s %13s %9s%n",
        what,
        "per second",
        "x first",
        "p50 ms",
        "p99 ms",
        "CPU us/call",
        "failures");
    double first = Measured.medianPerSecond(turns.values().iterator().next());
    turns.forEach((role, measured) -> {
      var all = Measured.sum(measured);
      double rate = Measured.medianPerSecond(measured);
      System.out.printf(
          Locale.ROOT,
          "%-12s %10.0f %8.2f %9.2f %9.2f %13.0f %9d%n",
          role.name(),
          rate,
          rate / first,
          all.millis(0.5),
          all.millis(0.99),
          all.cpuMicrosPerCall(),
          all.failures());
    });
  }
}
