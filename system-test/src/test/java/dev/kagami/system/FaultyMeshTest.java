package dev.kagami.system;

import static dev.kagami.system.Sites.A;
import static dev.kagami.system.Sites.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three sites as real processes, under load, with one fault after another: afterwards all hold the
 * same, by their digests too; nothing acknowledged is lost, nothing removed is back.
 *
 * <p>{@code -Dkagami.long=true} goes on for ten minutes; {@code -Dkagami.seed=N} repeats the
 * choices of an earlier run, though not its timing.
 */
class FaultyMeshTest {
  private static final Duration TIME =
      Boolean.getBoolean("kagami.long") ? Duration.ofMinutes(10) : Duration.ofMinutes(2);
  private static final Duration UNTIL_EQUAL = Duration.ofMinutes(2);
  private static final int WRITERS = 3;

  @TempDir private static Path data;

  private static Sites sites;
  private static List<ValdClient> clients;

  @BeforeAll
  static void startThreeSites() {
    sites =
        Sites.start(
            data, 21800, "--sites", "3", "--agents", "2", "--replicas", "2", "--dimension", "4");
    clients = IntStream.range(0, sites.count()).mapToObj(sites::mirror).toList();
  }

  @AfterAll
  static void stopThem() {
    if (sites != null) {
      clients.forEach(ValdClient::close);
      sites.close();
    }
  }

  @Test
  void faultsUnderLoad_loseNothingAndBringNothingBack() throws IOException, InterruptedException {
    long seed = Long.getLong("kagami.seed", new Random().nextLong());
    var ledger = new Ledger();
    var stop = new CountDownLatch(1);
    var writers =
        IntStream.range(0, WRITERS)
            .mapToObj(n ->
                new LedgerWriter(
                    "w" + n, clients, n % clients.size(), ledger, stop, new Random(seed + n)))
            .toList();

    List<String> faults;
    try (var thereWire = new FaultProxy(sites.mirrorPort(B));
        var backWire = new FaultProxy(sites.mirrorPort(A))) {
      sites.reach(A, B, thereWire.port(), sites.mirrorPort(B));
      sites.reach(B, A, backWire.port(), sites.mirrorPort(A));
      var threads = writers.stream().map(w -> Thread.ofVirtual().name("writer").start(w)).toList();

      var injector = new Faults(sites, List.of(thereWire, backWire), new Random(seed));
      injector.run(TIME);
      faults = injector.done();
      stop.countDown();
      for (var thread : threads) {
        thread.join();
      }
      sites.awaitConnected();

      awaitEqual(ledger.ids());
      assertSameDigests();
    }
    var findings = new ArrayList<Ledger.Finding>();
    writers.forEach(writer -> findings.addAll(writer.findings()));
    for (var id : ledger.ids()) {
      ledger.check(id, LedgerWriter.content(clients.get(A).get(id))).ifPresent(findings::add);
    }

    System.out.println("seed " + seed + ", " + ledger.summary() + ", faults " + faults);
    assertThat(findings).as("seed %d: %s", seed, Ledger.summary(findings)).isEmpty();
  }

  private static void awaitEqual(List<String> ids) {
    var different = new ArrayList<>(ids);
    Eventually.waitUntil(
        "all ids are equal at all sites",
        UNTIL_EQUAL,
        () -> {
          different.removeIf(FaultyMeshTest::isEqualEverywhere);
          return different.isEmpty();
        },
        () -> different.size() + " differ: " + described(different));
  }

  private static void assertSameDigests() {
    for (int other = 1; other < sites.count(); other++) {
      var comparison = sites.compare(A, other);
      assertThat(comparison.getFieldsOrThrow("here"))
          .as("%s", comparison)
          .isEqualTo(comparison.getFieldsOrThrow("there"));
    }
  }

  private static List<String> described(List<String> ids) {
    return ids.stream()
        .limit(10)
        .map(id -> id + " " + clients.stream().map(client -> client.get(id)).toList())
        .toList();
  }

  private static boolean isEqualEverywhere(String id) {
    try {
      return clients.stream().map(client -> client.get(id)).distinct().count() == 1;
    } catch (StatusRuntimeException notNow) {
      return false;
    }
  }
}
