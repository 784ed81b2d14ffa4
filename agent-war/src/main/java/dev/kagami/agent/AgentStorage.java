package dev.kagami.agent;

import dev.kagami.agent.AgentConfiguration.LogSettings;
import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.index.Saving;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.Durability;
import dev.kagami.agent.log.VolatileLog;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Files;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Log and checkpoints of an agent, and the threads that work on them; they are never interrupted,
 * since that would close the files.
 *
 * <p>Life cycle: {@link #close} after the store, whose log and checkpoints they are.
 */
final class AgentStorage implements AutoCloseable {
  private static final int LOG_THREADS = 3;
  private static final int STOP_SECONDS = 10;

  private final ExecutorService logging;
  private final ExecutorService saver;
  private final WriteAheadLog log;
  private final Checkpoints checkpoints;
  private final Reserve reserve;

  /**
   * @param threads makes threads of a name
   * @throws IllegalArgumentException if nothing is to be kept where something lies
   */
  AgentStorage(LogSettings settings, VectorSpace space, Function<String, ThreadFactory> threads) {
    this.logging = Executors.newFixedThreadPool(LOG_THREADS, threads.apply("log"));
    this.saver = Executors.newSingleThreadExecutor(threads.apply("checkpoint"));
    if (settings.durability() == Durability.MEMORY) {
      if (Files.exists(settings.data().resolve("space"))) {
        throw new IllegalArgumentException(
            "kagami.agent.fsync = memory: what lies in "
                + settings.data()
                + " would not be read; choose an empty directory");
      }
      this.log = new VolatileLog();
      this.checkpoints = Checkpoints.NONE;
      this.reserve = new Reserve(settings.data(), 0);
    } else {
      this.log =
          new ArtemisWriteAheadLog(
              settings.data(), space, settings.fileBytes(), logging, settings.durability());
      this.checkpoints = new LuceneCheckpoints(settings.data(), space);
      this.reserve = new Reserve(settings.data(), settings.reserveBytes());
    }
  }

  /** Takes room on the disk that {@link #releaseReserve} gives back; for a disk that is full. */
  void takeReserve() {
    reserve.take();
  }

  /** Gives the room back, so that a restart has it for its log and a checkpoint. */
  void releaseReserve() {
    reserve.release();
  }

  WriteAheadLog log() {
    return log;
  }

  /** Where and when checkpoints are saved. */
  Saving saving() {
    return new Saving(checkpoints, saver, Saving.Triggers.USUAL);
  }

  @Override
  public void close() {
    saver.shutdown();
    await(saver);
    checkpoints.close();
    log.close();
    logging.shutdown();
    await(logging);
  }

  private static void await(ExecutorService executor) {
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(AgentStorage.class.getName())
            .log(System.Logger.Level.WARNING, "The disk still works after {0} s", STOP_SECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
