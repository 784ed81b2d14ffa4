package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that reads a checkpoint on several threads at once. */
@AtTheRim("has threads of its own")
class RecoveryTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final int IDS = 2_000;
  private static final int STARTS = 10;

  @TempDir private Path folder;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();
  private final ForeignWriter peer = new ForeignWriter(new WriterNumber(15, 1), time);
  private final ExecutorService helpers =
      Executors.newFixedThreadPool(3, Thread.ofPlatform().name("helper-", 0).factory());
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
            new Saving(checkpoints, Runnable::run, Saving.Triggers.USUAL),
            new IndexExecutors(Runnable::run, helpers),
            time);
  }

  private void close() {
    store.close();
    checkpoints.close();
  }

  @AfterEach
  void end() {
    close();
    helpers.shutdown();
  }

  /** Each id has versions in each segment, and marks of some, none decided yet. */
  @Test
  void versionsOfAnIdLieInSeveralSegments_allOfThemComeBack() {
    open();
    for (int segment = 0; segment < 4; segment++) {
      for (int id = 0; id < IDS; id++) {
        write(id);
      }
      store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture().join();
    }
    var before = kept();
    assertThat(before).as("%s", seed).anyMatch(kept -> kept.entries().size() > 2);

    for (int start = 0; start < STARTS; start++) {
      close();
      log = log.restarted();
      open();

      assertThat(kept()).as("start %d of %s", start, seed).isEqualTo(before);
    }
  }

  private void write(int id) {
    var vector = Vector.of(random.nextFloat(), random.nextFloat());
    var write = new Mutation.Upsert(id(id), vector, peer.now());
    store.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
    if (random.nextInt(4) == 0) {
      var mark = new VoidMark(write.id(), write.time().stamp());
      store.revoke(mark, CallContext.UNBOUNDED).toCompletableFuture().join();
    }
  }

  private List<Kept> kept() {
    return IntStream.range(0, IDS)
        .mapToObj(id -> store.find(id(id), CallContext.UNBOUNDED).toCompletableFuture().join())
        .toList();
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
