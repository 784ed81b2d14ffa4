package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.LogRecord;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an index is saved, what it costs the log, and what damage does. */
class CheckpointTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  @TempDir private Path folder;

  private final ControlledScheduler time = new ControlledScheduler();
  private final SteppingExecutor saving = new SteppingExecutor();
  private MemoryLog log = new MemoryLog();
  private LuceneCheckpoints checkpoints;
  private LuceneVectorStore store;

  private void open() {
    checkpoints = new LuceneCheckpoints(folder, SPACE);
    store =
        LuceneVectorStore.open(
            Stores.IDENTITY,
            IndexSettings.of(SPACE),
            log,
            new Saving(
                checkpoints, saving, new Saving.Triggers(10_000, 50, Duration.ofMinutes(5), 10)),
            IndexExecutors.DIRECT,
            time);
  }

  private void restart() {
    close();
    log = log.restarted();
    open();
  }

  @AfterEach
  void close() {
    store.close();
    checkpoints.close();
  }

  @Test
  void indexIsSaved_restartReplaysOnlyWhatCameAfter() {
    open();
    insert(0, 20);
    save();
    insert(20, 25);

    restart();

    assertThat(replayed()).hasSize(5);
    assertThat(visible(25)).isEqualTo(25);
  }

  @Test
  void nothingChanged_savingIsOkAndLeavesTheCheckpoint() throws Exception {
    open();
    insert(0, 3);
    save();
    var files = files();

    save();

    assertThat(files()).isEqualTo(files);
  }

  @Test
  void writesGoOnWhileItIsSaved_theyAreInTheLog() {
    open();
    insert(0, 10);
    var saved = request();
    assertThat(saving()).isTrue();
    insert(10, 15);

    saving.runAll();

    assertThat(saved).isCompleted();
    assertThat(saving()).isFalse();
    insert(15, 18);
    restart();
    assertThat(visible(18)).isEqualTo(18);
  }

  @Test
  void manyRecordsWereWritten_isSavedUnasked() {
    open();
    insert(0, 49);
    assertThat(saving()).isFalse();

    insert(49, 51);
    saving.runAll();

    assertThat(log.bytes()).isLessThan(1_000);
  }

  @Test
  void changeIsOld_isSavedUnasked() {
    open();
    insert(0, 3);
    store.tick();
    time.advance(Duration.ofMinutes(4));
    store.tick();
    assertThat(saving()).isFalse();

    time.advance(Duration.ofMinutes(1));
    store.tick();
    saving.runAll();

    assertThat(log.bytes()).isZero();
    time.advance(Duration.ofHours(1));
    store.tick();
    assertThat(saving()).as("nothing changed since").isFalse();
  }

  @Test
  void restarted_peersGoOnWhereTheyWere() {
    open();
    insert(0, 5);
    save();
    var before = changes(0);

    restart();

    assertThat(changes(0)).isEqualTo(before);
    insert(5, 6);
    assertThat(changes(5)).hasSize(1);
  }

  @Test
  void bytesOfASegmentAreFlipped_agentReadsButDoesNotWrite() throws Exception {
    open();
    insert(0, 10);
    save();
    close();
    flipMiddle(".cfs");

    log = log.restarted();
    open();

    assertThat(store.fault()).get().asString().contains("damaged", folder.toString());
    assertThatThrownBy(() -> insert(10, 11)).hasCauseInstanceOf(Unavailable.class);
    assertThat(request()).satisfies(_ -> saving.runAll()).isCompletedExceptionally();
    assertThat(saving()).isFalse();
  }

  @Test
  void commitIsGone_isNotReplacedByAnEmptyIndex() throws Exception {
    open();
    insert(0, 10);
    save();
    close();
    for (var file : files()) {
      if (file.getFileName().toString().startsWith("segments_")) {
        Files.delete(file);
      }
    }
    var left = files();

    checkpoints = new LuceneCheckpoints(folder, SPACE);
    checkpoints.open();

    assertThat(checkpoints.failure()).get().asString().contains("damaged", "no commit");
    assertThat(files()).isEqualTo(left);
  }

  @Test
  void vectorsAreOfAnotherSpace_isRefused() {
    open();
    insert(0, 1);
    save();
    checkpoints.close();

    var other = new LuceneCheckpoints(folder, new VectorSpace(3, Metric.L2));

    assertThatThrownBy(other::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dimension 2, distance l2")
        .hasMessageContaining("dimension 3, distance l2");
  }

  @Test
  void directoryIsInUse_isRefused() {
    open();

    assertThatThrownBy(() -> new LuceneCheckpoints(folder, SPACE).open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void checkpointIsOfAnotherLog_isRefused() {
    open();
    insert(0, 1);
    save();
    close();

    log = new MemoryLog();

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another log");
    checkpoints.close();
  }

  @Test
  void vectorsHave65536Dimensions_comeBack() {
    var space = new VectorSpace(VectorSpace.MAX_DIMENSION, Metric.L2);
    var components = new float[space.dimension()];
    components[65_535] = -0.0f;
    components[1] = 7;
    var vector = Vector.adopt(components);
    var wide = new LuceneCheckpoints(folder, space);
    var first = Stores.open(log, wide, space, time, Runnable::run);
    first.apply(new Mutation.Insert(id(1), vector, WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
    first.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture().join();
    wide.close();

    checkpoints = new LuceneCheckpoints(folder, space);
    store = Stores.open(log.restarted(), checkpoints, space, time, Runnable::run);

    var kept = store.find(id(1), CallContext.UNBOUNDED).toCompletableFuture().join();
    assertThat(kept.visible().orElseThrow().vector()).contains(vector);
  }

  private void insert(int from, int to) {
    for (int i = from; i < to; i++) {
      var write = new Mutation.Insert(id(i), Vector.of(i, 1), WriteTime.UNSTAMPED);
      store.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
    }
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private CompletableFuture<Void> request() {
    return store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture();
  }

  private void save() {
    var saved = request();
    saving.runAll();
    assertThat(saved).isCompleted();
  }

  private boolean saving() {
    return store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join().saving();
  }

  private int visible(int ids) {
    int visible = 0;
    for (int i = 0; i < ids; i++) {
      var kept = store.find(id(i), CallContext.UNBOUNDED).toCompletableFuture().join();
      visible += kept.visible().isPresent() ? 1 : 0;
    }
    return visible;
  }

  private List<?> changes(long after) {
    var position = new ChangePosition(log.identity(), after);
    return store
        .changesSince(position, 100, CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .changes();
  }

  private List<LogRecord> replayed() {
    var records = new ArrayList<LogRecord>();
    try (var beside = new LuceneCheckpoints(folder, SPACE)) {
      checkpoints.close();
      log.restarted().replay(beside.open().position(), (_, record) -> records.add(record));
    }
    return records;
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder.resolve("checkpoint"))) {
      return all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
  }

  private void flipMiddle(String suffix) throws IOException {
    for (var file : files()) {
      if (file.toString().endsWith(suffix)) {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
  }
}
