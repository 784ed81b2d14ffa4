package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.backup.Backup;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of an agent at work, and an agent that begins with it. */
class BackupTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  @TempDir private Path folder;

  private final ControlledScheduler time = new ControlledScheduler();
  private final ExecutorService pool =
      Executors.newFixedThreadPool(6, Thread.ofPlatform().name("log-", 0).factory());

  @AfterEach
  void stop() {
    pool.shutdown();
  }

  @Test
  void agentIsBackedUpAtWork_restoredOneHoldsTheSameUnderAnotherLog() throws Exception {
    try (var original = new Running("original")) {
      original.insert(0, 1_200);

      original.backUp("backup");

      original.insert(1_200, 1_300);
      original.save();
      Backup.restore(folder.resolve("backup"), folder.resolve("restored"));
      try (var restored = new Running("restored")) {
        assertThat(restored.visible()).isEqualTo(1_200);
        assertThat(restored.store.fault()).isEmpty();
        assertThat(restored.log.identity()).isNotEqualTo(original.log.identity());
        restored.insert(1_200, 1_210);
      }
      try (var again = new Running("restored")) {
        assertThat(again.visible()).as("before its first checkpoint").isEqualTo(1_210);
        again.save();
      }
      assertThat(folder.resolve("restored").resolve(Backup.RESTORED)).doesNotExist();
      try (var again = new Running("restored")) {
        assertThat(again.visible()).isEqualTo(1_210);
      }
      assertThat(original.visible()).isEqualTo(1_300);
    }
  }

  @Test
  void checkpointWasCopiedByHand_isRefused() throws Exception {
    try (var original = new Running("original")) {
      original.insert(0, 10);
      original.backUp("backup");
    }
    Backup.restore(folder.resolve("backup"), folder.resolve("copied"));
    Files.delete(folder.resolve("copied").resolve(Backup.RESTORED));

    assertThatThrownBy(() -> new Running("copied"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another log");
  }

  private final class Running implements AutoCloseable {
    final WriteAheadLog log;
    final LuceneCheckpoints checkpoints;
    final LuceneVectorStore store;

    Running(String name) {
      var data = folder.resolve(name);
      log = new ArtemisWriteAheadLog(data, SPACE, 4 << 20, pool);
      checkpoints = new LuceneCheckpoints(data, SPACE);
      try {
        store = Stores.open(log, checkpoints, SPACE, time, Runnable::run);
      } catch (IllegalStateException refused) {
        checkpoints.close();
        log.close();
        throw refused;
      }
    }

    void insert(int from, int to) {
      for (int i = from; i < to; i++) {
        var write =
            new Mutation.Insert(new VectorId("id-" + i), Vector.of(i, 1), WriteTime.UNSTAMPED);
        var done = store.apply(write, CallContext.UNBOUNDED).toCompletableFuture();
        if (i == to - 1) {
          done.orTimeout(60, TimeUnit.SECONDS).join();
        }
      }
    }

    void save() {
      store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture().join();
    }

    void backUp(String name) {
      store.backUp(folder.resolve(name)).toCompletableFuture().join();
    }

    long visible() {
      var info = store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
      return info.stored() + info.uncommitted();
    }

    @Override
    public void close() {
      store.close();
      checkpoints.close();
      log.close();
    }
  }
}
