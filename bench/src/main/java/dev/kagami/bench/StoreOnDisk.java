package dev.kagami.bench;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.index.Saving;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriterNumber;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** An agent's store with its log, checkpoints and linker, without a network. */
@AtTheRim("a benchmark runs on the real clock, with threads of its own")
final class StoreOnDisk implements AutoCloseable {
  private static final int IN_FLIGHT = 64;
  private static final int LOG_FILE_BYTES = 16 << 20;

  private final ArtemisWriteAheadLog log;
  private final LuceneCheckpoints checkpoints;
  private final LuceneVectorStore store;
  private final Semaphore free = new Semaphore(IN_FLIGHT);
  private final AtomicLong failures = new AtomicLong();

  /**
   * Opens what is in a folder.
   *
   * @param durability what is acknowledged when
   */
  StoreOnDisk(Path folder, IndexSettings settings, Durability durability) {
    var space = settings.space();
    log =
        new ArtemisWriteAheadLog(
            folder,
            space,
            LOG_FILE_BYTES,
            Executors.newFixedThreadPool(3, named("log")),
            durability);
    checkpoints = new LuceneCheckpoints(folder, space);
    store =
        LuceneVectorStore.open(
            new AgentIdentity("bench", List.of(), new WriterNumber(1, WriterNumber.AGENT)),
            settings,
            log,
            new Saving(checkpoints, one("checkpoint"), Saving.Triggers.USUAL),
            new IndexExecutors(one("linker"), one("scan")),
            InstantSource.system());
  }

  private static ThreadFactory named(String task) {
    return Thread.ofPlatform().daemon().name("bench-" + task + "-", 0).factory();
  }

  private static ExecutorService one(String task) {
    return Executors.newSingleThreadExecutor(named(task));
  }

  LuceneVectorStore store() {
    return store;
  }

  /** Writes, waiting while {@value #IN_FLIGHT} others are not acknowledged yet. */
  void write(Mutation mutation) throws InterruptedException {
    free.acquire();
    var _ =
        store
            .apply(mutation, CallContext.UNBOUNDED)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                failures.incrementAndGet();
              }
              free.release();
            });
  }

  /** Returns when all that was written is acknowledged. */
  void acknowledged() throws InterruptedException {
    free.acquire(IN_FLIGHT);
    free.release(IN_FLIGHT);
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " writes failed");
    }
  }

  /** Returns when all that was written is in the graph. */
  void linked() {
    maintain(Maintenance.CREATE_INDEX);
  }

  /** Returns when all that was linked is in a checkpoint. */
  void save() {
    maintain(Maintenance.SAVE_INDEX);
  }

  private void maintain(Maintenance what) {
    store.maintain(what, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  IndexInfo info() {
    return store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  @Override
  public void close() {
    store.close();
    checkpoints.close();
    log.close();
  }
}
