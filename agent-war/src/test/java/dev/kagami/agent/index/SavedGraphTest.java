package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that comes back with its checkpoint, or does not. */
class SavedGraphTest {
  private static final VectorSpace SPACE = new VectorSpace(8, Metric.L2);
  private static final int MANY = 3_000;

  @TempDir private Path folder;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();
  private final SteppingExecutor linker = new SteppingExecutor();
  private final float[][] vectors = new float[MANY + 500][SPACE.dimension()];
  private MemoryLog log = new MemoryLog();
  private LuceneCheckpoints checkpoints;
  private LuceneVectorStore store;

  @BeforeEach
  void open() {
    checkpoints = new LuceneCheckpoints(folder, SPACE);
    store =
        LuceneVectorStore.open(
            Stores.IDENTITY,
            IndexSettings.of(SPACE),
            log,
            new Saving(
                checkpoints,
                Runnable::run,
                new Saving.Triggers(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1), 10)),
            new IndexExecutors(linker, Runnable::run),
            time);
  }

  @AfterEach
  void close() {
    store.close();
    checkpoints.close();
  }

  private void restart() {
    close();
    log = log.restarted();
    open();
  }

  @Test
  void graphIsSaved_restartNeedsNoLinking() {
    insert(0, MANY);
    linker.runAll();
    save();

    restart();

    assertThat(info().uncommitted()).as("before the linker ran").isZero();
    assertFound(0, MANY);
    insert(MANY, MANY + 500);
    linker.runAll();
    assertThat(info().uncommitted()).isZero();
    assertFound(0, MANY + 500);
  }

  @Test
  void linkingEndsAfterTheLastRecordIsSaved_graphIsSavedWithTheNextRequest() {
    insert(0, MANY);
    save();
    linker.runAll();
    save();

    restart();

    assertThat(info().uncommitted()).as("before the linker ran").isZero();
    assertFound(0, MANY);
  }

  @Test
  void linkingEndsAfterTheLastRecordIsSaved_graphIsSavedUnaskedInTime() {
    insert(0, MANY);
    save();
    linker.runAll();
    store.tick();
    time.advance(Duration.ofDays(1));
    store.tick();

    restart();

    assertThat(info().uncommitted()).as("before the linker ran").isZero();
  }

  @Test
  void someWereRemovedSince_theOthersAreFound() {
    insert(0, MANY);
    linker.runAll();
    save();
    for (int i = 0; i < MANY; i++) {
      if (i % 10 < 4) {
        remove(i);
      }
    }
    save();

    restart();
    linker.runAll();

    assertThat(info().stored()).isEqualTo(MANY / 10 * 6);
    for (int i = 0; i < MANY; i++) {
      if (i % 10 >= 4) {
        assertFound(i, i + 1);
      }
    }
  }

  /** On a line each vector has one neighbour on each side, and no way around. */
  @Test
  void someOfALineWereRemovedSince_theOthersAreFoundBeforeTheLinkerRuns() {
    for (int i = 0; i < MANY; i++) {
      var vector = new float[SPACE.dimension()];
      Arrays.fill(vector, i);
      insert(i, vector);
    }
    linker.runAll();
    save();
    for (int i = 0; i < MANY; i += 5) {
      remove(i);
    }
    save();

    restart();

    for (int i = 0; i < MANY; i++) {
      if (i % 5 != 0) {
        assertFound(i, i + 1);
      }
    }
  }

  @Test
  void onlyAFewAreLeft_theyAreFound() {
    insert(0, MANY);
    linker.runAll();
    save();
    for (int i = 0; i < MANY; i++) {
      if (i % 100 != 7) {
        remove(i);
      }
    }
    save();

    restart();
    linker.runAll();

    for (int i = 7; i < MANY; i += 100) {
      assertFound(i, i + 1);
    }
  }

  @Test
  void copiesOfOneVector_areFoundAlsoWhenTheFirstWasRemoved() {
    insert(0, 100);
    for (int i = 100; i < 1_000; i++) {
      insert(i, new float[] {9, 9, 9, 9, 9, 9, 9, i % 2});
    }
    linker.runAll();
    save();
    remove(100);
    save();

    restart();

    assertThat(nearest(vectors[102], 400)).hasSize(400).doesNotContain(id(100));
    linker.runAll();
    assertThat(info().uncommitted()).isZero();
    assertThat(nearest(vectors[102], 449)).allMatch(id -> isCopy(id, 0));
    assertThat(nearest(vectors[101], 450)).allMatch(id -> isCopy(id, 1));
  }

  private boolean isCopy(VectorId id, int last) {
    int number = Integer.parseInt(id.value().substring(3));
    return number >= 100 && number % 2 == last;
  }

  @Test
  void linkingGoesOnWhileItIsSaved_restIsLinkedLater() {
    insert(0, 1_000);
    linker.runAll();
    insert(1_000, MANY);
    save();

    restart();

    assertThat(info().uncommitted()).isEqualTo(MANY - 1_000);
    assertFound(0, MANY);
    linker.runAll();
    assertFound(0, MANY);
  }

  @Test
  void fileIsDamaged_allIsLinkedAgainAndFoundMeanwhile() throws Exception {
    insert(0, MANY);
    linker.runAll();
    save();
    close();
    var bytes = Files.readAllBytes(file());
    bytes[random.nextInt(bytes.length)] ^= 4;
    Files.write(file(), bytes);

    log = log.restarted();
    open();

    assertThat(info().uncommitted()).as("%s", seed).isEqualTo(MANY);
    assertThat(store.fault()).isEmpty();
    assertFound(0, MANY);
    linker.runAll();
    assertThat(info().uncommitted()).isZero();
  }

  @Test
  void fileIsCutOrGone_allIsLinkedAgain() throws Exception {
    insert(0, MANY);
    linker.runAll();
    save();
    close();
    for (int length : new int[] {1000, 3, 0}) {
      Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), length));
      log = log.restarted();
      open();
      assertThat(info().uncommitted()).isEqualTo(MANY);
      close();
    }
    Files.delete(file());
    log = log.restarted();
    open();
    assertThat(info().uncommitted()).isEqualTo(MANY);
    assertThat(store.fault()).isEmpty();
  }

  @Test
  void graphIsSavedAgain_oldFileIsDeleted() throws Exception {
    insert(0, 1_000);
    linker.runAll();
    save();
    var first = file();
    insert(1_000, MANY);
    linker.runAll();
    save();

    assertThat(first).doesNotExist();
    assertThat(file()).exists();
  }

  private Path file() throws IOException {
    try (var files = Files.list(folder.resolve("graph"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private void insert(int from, int to) {
    for (int i = from; i < to; i++) {
      var vector = new float[SPACE.dimension()];
      for (int k = 0; k < vector.length; k++) {
        vector[k] = random.nextFloat();
      }
      insert(i, vector);
    }
  }

  private void insert(int number, float[] vector) {
    vectors[number] = vector;
    var write = new Mutation.Insert(id(number), Vector.of(vector), WriteTime.UNSTAMPED);
    store.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private void remove(int number) {
    var write = new Mutation.Remove(id(number), WriteTime.UNSTAMPED);
    store.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private void save() {
    assertThat(store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED)).isCompleted();
  }

  private IndexInfo info() {
    return store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  /** Each vector finds itself. */
  private void assertFound(int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(nearest(vectors[i], 1)).as("%d of %s", i, seed).containsExactly(id(i));
    }
  }

  private List<VectorId> nearest(float[] vector, int count) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(Vector.of(vector)),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(count));
    return store
        .search(query, CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .neighbors()
        .stream()
        .map(Neighbor::id)
        .toList();
  }
}
