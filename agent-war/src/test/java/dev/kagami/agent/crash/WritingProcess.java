package dev.kagami.agent.crash;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A bare JVM around the engine that does one {@link Write} after another, as fast as it can, until
 * it is killed. It prints {@link #OPENING} before it opens the log, then the number of each write
 * that was acknowledged.
 */
final class WritingProcess {
  static final VectorSpace SPACE = new VectorSpace(16, Metric.L2);
  static final String OPENING = "opening;";

  /** Behind each printed number, since the last one may be cut. */
  static final String END = ";";

  /** Writes that were begun but not printed yet, at most. */
  static final int IN_FLIGHT = 64;

  private WritingProcess() {}

  /**
   * Writes until it is killed.
   *
   * @param arguments the directory of the log, and the number to begin with
   */
  public static void main(String[] arguments) throws InterruptedException {
    var pool = Executors.newFixedThreadPool(3, Thread.ofPlatform().daemon().name("p", 0).factory());
    System.out.println(OPENING);
    var store = open(log(Path.of(arguments[0]), pool), pool);
    var free = new Semaphore(IN_FLIGHT);
    for (int number = Integer.parseInt(arguments[1]); ; number++) {
      var write = new Write(number);
      free.acquire();
      store
          .apply(write.mutation(), CallContext.UNBOUNDED)
          .whenComplete((_, failure) -> {
            System.out.println((failure == null ? write.number() : failure) + END);
            free.release();
          });
    }
  }

  static WriteAheadLog log(Path folder, Executor pool) {
    return new ArtemisWriteAheadLog(folder, SPACE, 4 << 20, pool);
  }

  @AtTheRim("a process of its own has the system's clock")
  static LuceneVectorStore open(WriteAheadLog log, Executor linker) {
    return LuceneVectorStore.open(
        new AgentIdentity("agent-1", List.of(), new WriterNumber(1, WriterNumber.AGENT)),
        IndexSettings.of(SPACE),
        log,
        new IndexExecutors(linker, Runnable::run),
        InstantSource.system());
  }
}
