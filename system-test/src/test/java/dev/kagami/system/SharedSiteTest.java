package dev.kagami.system;

import static dev.kagami.system.Sites.A;
import static dev.kagami.system.Sites.B;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two mirror processes of site A that share a database in PostgreSQL, and site B. */
class SharedSiteTest {
  private static final int BASE_PORT = 24_000;
  private static final int SECOND_HTTP = BASE_PORT + 60;
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final float[] SOME = {1, 2, 3, 4};
  private static final int WRITES = 50;

  @TempDir private static Path data;

  private static SharedDatabase database;
  private static Sites sites;
  private static SecondMirror second;
  private static ValdClient first;
  private static ValdClient other;
  private static ValdClient b;

  @BeforeAll
  static void startThem() {
    database = new SharedDatabase(List.of("A", "B"));
    sites =
        Sites.start(
            data,
            BASE_PORT,
            database.environment(),
            "--sites",
            "2",
            "--agents",
            "1",
            "--dimension",
            "4");
    second = new SecondMirror(data, "A", SECOND_HTTP, database.environment());
    first = sites.mirror(A);
    other = new ValdClient(SECOND_HTTP + 1);
    b = sites.mirror(B);
    awaitSecond();
  }

  @AfterAll
  static void stopThem() {
    if (second != null) {
      List.of(first, other, b).forEach(ValdClient::close);
      second.close();
    }
    if (sites != null) {
      sites.close();
    }
    database.close();
  }

  @Test
  void bothTakeWrites_eachIsAtBothSites() {
    assertThat(first.insert("by-first", SOME)).isEqualTo(Code.OK);
    assertThat(other.insert("by-second", SOME)).isEqualTo(Code.OK);
    assertThat(other.insert("by-first", SOME)).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(other.update("by-first", 5, 6, 7, 8)).isEqualTo(Code.OK);

    for (var id : List.of("by-first", "by-second")) {
      assertThat(b.get(id)).isPresent().isEqualTo(first.get(id)).isEqualTo(other.get(id));
    }
    assertThat(site(sites.httpPort(A))).contains("\"mirror\":\"mirror\"");
    assertThat(site(SECOND_HTTP)).contains("\"mirror\":\"" + SecondMirror.NAME + "\"");
  }

  @Test
  void oneIsKilledWhileItWrites_theOtherTakesOverAndItsWritesAreSettledWhenItIsBack() {
    letTheSecondBringWhatIsMissed();
    var writes = writeUntilTheSecondIsKilled("under-way");
    assertThat(first.insert("meanwhile", SOME)).isEqualTo(Code.OK);
    awaitTakeOver();
    sites.signal(B, "STOP");
    Eventually.waitUntil(
        "A writes without B", SOON, () -> first.upsert("without-B", SOME) == Code.OK);
    var withoutB = first.get("without-B");
    sites.signal(B, "CONT");
    Eventually.waitUntil("B got it", SOON, () -> b.get("without-B").equals(withoutB));

    second.start();
    awaitSecond();

    awaitSettled();
    writes.assertKept();
    assertThat(other.insert("after-all", SOME)).isEqualTo(Code.OK);
    assertThat(b.get("after-all")).isPresent().isEqualTo(first.get("after-all"));
  }

  @Test
  void volumeOfOneIsLostWhileItWrites_whatWasAcknowledgedStaysAndBothSitesAgree() {
    var writes = writeUntilTheSecondIsKilled("lost");
    second.loseVolume();

    second.start();
    awaitSecond();

    assertThat(other.insert("after-the-loss", SOME)).isEqualTo(Code.OK);
    awaitSettled();
    writes.assertKept();
  }

  /** Ids that were written, and those of them that were acknowledged. */
  private record Written(Queue<String> tried, Queue<String> acknowledged) {
    Written() {
      this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    void assertKept() {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(WRITES);
      for (var id : acknowledged) {
        assertThat(first.get(id)).as(id).isPresent();
      }
      for (var id : tried) {
        Eventually.waitUntil(
            id + " is the same at both sites", SOON, () -> b.get(id).equals(first.get(id)));
      }
    }
  }

  private static Written writeUntilTheSecondIsKilled(String ids) {
    var written = new Written();
    var writing = new CountDownLatch(WRITES);
    var writer =
        Thread.ofPlatform()
            .name("writer")
            .daemon()
            .start(() -> {
              var code = Code.OK;
              for (int i = 0; code == Code.OK; i++) {
                var id = ids + "-" + i;
                written.tried().add(id);
                code = other.insert(id, i, 1, 1, 1);
                if (code == Code.OK) {
                  written.acknowledged().add(id);
                  writing.countDown();
                }
              }
            });
    try {
      assertThat(writing.await(SOON.toMillis(), MILLISECONDS)).isTrue();
      second.kill();
      writer.join();
      return written;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while writing", stop);
    }
  }

  /** A repair begins anew where it is asked for, unless the other is quicker. */
  private static void letTheSecondBringWhatIsMissed() {
    Eventually.waitUntil(
        "the second mirror brings B what it misses",
        SOON,
        () -> {
          assertThat(repair(SECOND_HTTP)).isBetween(200, 204);
          return database.holder("A", "B").filter(SecondMirror.NAME::equals).isPresent();
        },
        second::says);
  }

  private static void awaitTakeOver() {
    Eventually.waitUntil(
        "the first mirror brings B what it misses",
        SOON,
        () -> database.holder("A", "B").filter("mirror"::equals).isPresent());
  }

  private static void awaitSecond() {
    Eventually.waitUntil(
        "the second mirror takes writes for both sites",
        SOON,
        () -> other.answers() && isSecondConnected(),
        second::says);
  }

  private static void awaitSettled() {
    Eventually.waitUntil(
        "nothing is left of the writes that the kill cut short",
        SOON,
        () ->
            site(SECOND_HTTP).contains("\"undecided\":0,\"pendingCompensations\":0")
                && sites.get(admin(SECOND_HTTP, "writes")).equals("[]"),
        () -> site(SECOND_HTTP) + sites.get(admin(SECOND_HTTP, "writes")));
  }

  private static boolean isSecondConnected() {
    try {
      return sites.get(admin(SECOND_HTTP, "targets")).contains("\"phase\":\"CONNECTED\"");
    } catch (UncheckedIOException notListeningYet) {
      return false;
    }
  }

  private static String site(int port) {
    return sites.get(admin(port, "site"));
  }

  private static int repair(int port) {
    return sites.post(admin(port, "targets/B/repair"), "{}").statusCode();
  }

  private static String admin(int port, String resource) {
    return "http://127.0.0.1:" + port + "/admin/v1/" + resource;
  }
}
