package dev.kagami.system;

import static dev.kagami.system.Sites.A;
import static dev.kagami.system.Sites.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vdaas.vald.api.v1.payload.Object;

/** Two sites as real processes: what is written at one is at the other, or at neither. */
class MirroringTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final float[] OLD = {1, 2, 3, 4};
  private static final float[] NEW = {-0.0f, 8, 7, 6};

  @TempDir private static Path data;

  private static Sites sites;
  private static ValdClient a;
  private static ValdClient b;

  @BeforeAll
  static void startTwoSites() {
    sites =
        Sites.start(
            data, 21000, "--sites", "2", "--agents", "2", "--replicas", "2", "--dimension", "4");
    a = sites.mirror(A);
    b = sites.mirror(B);
  }

  @AfterAll
  static void stopThem() {
    if (sites != null) {
      a.close();
      b.close();
      sites.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void writesAtOneSite_areSeenAtTheOther(int here, int there) {
    try (var writer = sites.mirror(here);
        var reader = sites.mirror(there)) {
      var id = "seen-" + here;
      float[] other = {100 + here, -1, 0, 0};

      assertThat(writer.insert(id, other)).isEqualTo(Code.OK);
      assertThat(reader.get(id)).isEqualTo(writer.get(id)).isPresent();
      assertThat(reader.search(1, other)).containsExactly(id);

      assertThat(writer.update(id, NEW)).isEqualTo(Code.OK);
      assertThat(reader.get(id)).isEqualTo(writer.get(id));
      assertThat(reader.get(id).orElseThrow().getVectorList()).containsExactly(-0.0f, 8f, 7f, 6f);

      assertThat(writer.upsert(id, other)).isEqualTo(Code.OK);
      assertThat(reader.get(id)).isEqualTo(writer.get(id));

      assertThat(writer.remove(id)).isEqualTo(Code.OK);
      assertThat(reader.get(id)).isEmpty();
      assertThat(reader.search(1, other)).doesNotContain(id);
    }
  }

  /** The four writes, each with an id on which it would succeed. */
  enum Write {
    INSERT {
      @Override
      void prepare(String id) {}

      @Override
      Code at(ValdClient site, String id) {
        return site.insert(id, NEW);
      }
    },
    UPDATE {
      @Override
      Code at(ValdClient site, String id) {
        return site.update(id, NEW);
      }
    },
    UPSERT {
      @Override
      Code at(ValdClient site, String id) {
        return site.upsert(id, NEW);
      }
    },
    REMOVE {
      @Override
      Code at(ValdClient site, String id) {
        return site.remove(id);
      }
    };

    void prepare(String id) {
      assertThat(a.insert(id, OLD)).isEqualTo(Code.OK);
    }

    abstract Code at(ValdClient site, String id);

    /** Whether a site that answers {@code found} has taken this write. */
    boolean isDone(Optional<Object.Vector> found) {
      return this == REMOVE
          ? found.isEmpty()
          : found.map(Object.Vector::getVectorList).equals(Optional.of(List.of(-0.0f, 8f, 7f, 6f)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherSiteRefuses_nothingChangedAnywhere(Write write) {
    var id = "refused-" + write;
    write.prepare(id);
    var before = a.get(id);

    sites.setReadOnly(B, true);
    var code = write.at(a, id);
    var atA = a.get(id);
    sites.setReadOnly(B, false);

    assertThat(code).isEqualTo(Code.UNAVAILABLE);
    assertThat(atA).isEqualTo(before);
    assertThat(b.get(id)).isEqualTo(before);
    sites.awaitConnected(A);
    assertThat(write.at(a, id)).as("the same write, now that B takes it").isEqualTo(Code.OK);
    assertThat(b.get(id)).isEqualTo(a.get(id)).isNotEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void otherSiteHangs_nothingChangedAnywhere(Write write) {
    var id = "hung-" + write;
    write.prepare(id);
    var before = a.get(id);

    sites.signal(B, "STOP");
    var code = write.at(a, id);
    var atA = a.get(id);
    sites.signal(B, "CONT");

    assertThat(code).isIn(Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE);
    assertThat(atA).isEqualTo(before);
    awaitBothAre(id, before);
  }

  @Test
  void otherSiteIsDead_nothingChangedUntilTheVerdictThenItGetsItWhenItIsBack() {
    var before = prepareAll("dead");
    var id = "dead-" + Write.UPDATE;

    sites.signal(B, "KILL");
    var code = Write.UPDATE.at(a, id);
    var atA = visibleAtA("dead");
    Eventually.waitUntil("A writes without B", SOON, () -> Write.UPDATE.at(a, id) == Code.OK);
    var written = a.get(id);
    sites.startMissing();

    assertThat(code).isEqualTo(Code.UNAVAILABLE);
    assertThat(atA).isEqualTo(before);
    assertThat(written).isNotEqualTo(before.get(Write.UPDATE));
    before.put(Write.UPDATE, written);
    before.forEach((write, vector) -> awaitBothAre("dead-" + write, vector));
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheAnswerIsLost_nothingChangedAnywhere(Write write) throws IOException {
    var id = "unanswered-" + write;
    write.prepare(id);
    var before = a.get(id);
    try (var proxy = new FaultProxy(sites.mirrorPort(B))) {
      sites.reach(A, B, proxy.port(), sites.mirrorPort(B));

      proxy.loseAnswers();
      var code = write.at(a, id);
      var atA = a.get(id);
      proxy.heal();

      assertThat(code).isIn(Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE);
      assertThat(atA).isEqualTo(before);
      awaitBothAre(id, before);
      sites.reach(A, B, sites.mirrorPort(B), proxy.port());
    }
  }

  @Test
  void originKilledBeforeItsAnswers_endsAllOrNothing() throws InterruptedException {
    var before = prepareAll("orphan");

    var processesOfA = sites.processes(A);
    sites.signal(B, "STOP");
    var done = new CountDownLatch(before.size());
    for (var write : before.keySet()) {
      Thread.ofVirtual()
          .name("client of " + write)
          .start(() -> {
            write.at(a, "orphan-" + write);
            done.countDown();
          });
    }
    for (var write : before.keySet()) {
      var id = "orphan-" + write;
      Eventually.waitUntil("A has applied " + id, SOON, () -> !a.get(id).equals(before.get(write)));
    }
    sites.signal(processesOfA, "KILL");
    sites.signal(B, "CONT");
    done.await();
    sites.startMissing();

    before.forEach(MirroringTest::awaitAllOrNothing);
  }

  private static void awaitAllOrNothing(Write write, Optional<Object.Vector> before) {
    var id = "orphan-" + write;
    Eventually.waitUntil(id + " is equal at both", SOON, () -> a.get(id).equals(b.get(id)));
    assertThat(a.get(id))
        .satisfiesAnyOf(
            after -> assertThat(after).as("undone before the kill").isEqualTo(before),
            after ->
                assertThat(write.isDone(after)).as("the own cluster held it: it stands").isTrue());
  }

  /** Makes each write's id ready, and tells what A shows of it. */
  private static Map<Write, Optional<Object.Vector>> prepareAll(String prefix) {
    for (var write : Write.values()) {
      write.prepare(prefix + "-" + write);
    }
    return visibleAtA(prefix);
  }

  private static Map<Write, Optional<Object.Vector>> visibleAtA(String prefix) {
    var visible = new EnumMap<Write, Optional<Object.Vector>>(Write.class);
    for (var write : Write.values()) {
      visible.put(write, a.get(prefix + "-" + write));
    }
    return visible;
  }

  @Test
  void siteKilledUnderLoad_losesNothingAcknowledged() throws InterruptedException {
    var tried = new ConcurrentLinkedQueue<String>();
    var acknowledged = new ConcurrentLinkedQueue<String>();
    var enough = new CountDownLatch(200);
    var load =
        Thread.ofVirtual()
            .name("load")
            .start(() -> {
              for (int i = 0; enough.getCount() > 0 || i < 100_000; i++) {
                var id = "load-" + i;
                tried.add(id);
                if (b.insert(id, OLD) != Code.OK) {
                  return;
                }
                acknowledged.add(id);
                enough.countDown();
              }
            });
    enough.await();
    sites.signal(B, "KILL");
    load.join();
    sites.startMissing();

    assertThat(acknowledged).allSatisfy(id -> assertThat(b.get(id)).isPresent());
    assertThat(tried)
        .allSatisfy(id ->
            Eventually.waitUntil(
                id + " is at both sites or at none", SOON, () -> a.get(id).equals(b.get(id))));
  }

  private static void awaitBothAre(String id, Optional<Object.Vector> expected) {
    Eventually.waitUntil(
        "both sites hold " + id + " as before",
        SOON,
        () -> List.of(a.get(id), b.get(id)).equals(List.of(expected, expected)));
    sites.awaitConnected(A);
    sites.awaitConnected(B);
  }
}
