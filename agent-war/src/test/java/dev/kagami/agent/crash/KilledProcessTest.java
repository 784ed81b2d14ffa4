package dev.kagami.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.core.Seed;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at a random moment, also amid checkpoints, again and again on one directory. Writes are
 * numbered in the order of the log, so after each kill the store must equal a model that did all of
 * them up to one: no earlier than the last acknowledged, no later than the last begun. And so it
 * stays.
 */
class KilledProcessTest {
  private static final int KILLS = Boolean.getBoolean("kagami.long") ? 200 : 20;
  private static final int MOST_WRITES = 1_000;

  @TempDir private Path folder;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ExecutorService pool =
      Executors.newFixedThreadPool(3, Thread.ofPlatform().name("log-", 0).factory());

  /** What the store must hold. */
  private final Map<VectorId, Vector> model = new HashMap<>();

  /** The first write that the model does not hold, and that the next process begins with. */
  private int next;

  @AfterEach
  void stop() {
    pool.shutdown();
  }

  @Test
  void processIsKilledAtAnyMoment_storeHoldsWhatWasAcknowledgedAndNothingElse() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      int first = next;
      // a fifth of them while the log is being opened
      int writes = random.nextInt(5) == 0 ? 0 : random.nextInt(1, MOST_WRITES);

      var acknowledged = writeUntilKilled(first, writes);

      int begun = first + acknowledged.size() + WritingProcess.IN_FLIGHT;
      int sure = acknowledged.stream().mapToInt(number -> number + 1).max().orElse(first);
      verify(sure, begun, "kill " + kill + " after " + writes + " writes, by " + seed);
    }
    assertThat(folder.resolve("log").resolve("0000000001")).as("the log was cut").doesNotExist();
  }

  /** Runs a process that writes from {@code first} on; returns what it acknowledged. */
  private List<Integer> writeUntilKilled(int first, int writes) throws Exception {
    var process = start(first);
    var acknowledged = new ArrayList<Integer>();
    boolean opening = false;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(WritingProcess.OPENING)) {
          opening = true;
        } else if (line.endsWith(WritingProcess.END)) {
          acknowledged.add(Integer.valueOf(line.substring(0, line.length() - 1)));
        }
        if (opening && acknowledged.size() == writes) {
          process.toHandle().destroyForcibly(); // SIGKILL; what it said before is still read
        }
      }
    }
    process.waitFor();
    assertThat(opening).as("started; see its errors above").isTrue();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(writes);
    return acknowledged;
  }

  private Process start(int first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            WritingProcess.class.getName(),
            folder.toString(),
            String.valueOf(first))
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  /** Opens the store and finds out after which write, of [sure, begun], it is like the model. */
  private void verify(int sure, int begun, String when) {
    try (var engine = Engine.open(folder, pool, _ -> {}, Runnable::run)) {
      var store = engine.store();
      assertThat(store.fault()).as(when).isEmpty();
      var actual = visible(store, begun);
      var touched = new HashSet<VectorId>();
      for (; next < sure || (next < begun && !model.equals(actual)); next++) {
        touched.add(new Write(next).mutation().id());
        new Write(next).applyTo(model);
      }
      assertThat(actual).as(when).isEqualTo(model);
      var info = store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
      assertThat(info.stored() + info.uncommitted())
          .as("nothing else, %s", when)
          .isEqualTo(model.size());
      touched.retainAll(model.keySet());
      touched.forEach(id -> assertFound(store, id, when));
      if (random.nextInt(4) == 0) {
        var saved = store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED);
        assertThat(saved).as(when).isCompleted();
      }
    }
  }

  private static Map<VectorId, Vector> visible(LuceneVectorStore store, int begun) {
    var visible = new HashMap<VectorId, Vector>();
    for (int number = 0; number < begun; number++) {
      var id = new Write(number).mutation().id();
      var kept = store.find(id, CallContext.UNBOUNDED).toCompletableFuture().join();
      kept.visible().flatMap(Version::vector).ifPresent(vector -> visible.put(id, vector));
    }
    return visible;
  }

  private void assertFound(LuceneVectorStore store, VectorId id, String when) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(model.get(id)),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(1));
    var hits = store.search(query, CallContext.UNBOUNDED).toCompletableFuture().join().neighbors();
    assertThat(hits).as(when).extracting(Neighbor::id).containsExactly(id);
    assertThat(hits.getFirst().distance()).as(when).isZero();
  }
}
