package dev.kagami.agent;

import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A whole agent but its doors: log, store and the threads they work on.
 *
 * <p>Life cycle: the constructor reads the log, which takes its time; {@link #close} waits for the
 * log, not for the linker's rest.
 */
final class Agent implements Node, AutoCloseable {
  private static final int LOG_THREADS = 3;
  private static final int WAITING_SCANS = 1_000;
  private static final int STOP_SECONDS = 10;

  private final AgentConfiguration configuration;
  private final ExecutorService linker;
  private final ExecutorService scans;
  private final ExecutorService logging;
  private final WriteAheadLog log;
  private final LuceneVectorStore store;
  private final VectorStore checked;

  Agent(AgentConfiguration configuration, InstantSource wall) {
    this.configuration = configuration;
    var space = configuration.index().space();
    this.linker = Executors.newSingleThreadExecutor(threads("linker"));
    this.scans = boundedPool(threads("scan"));
    this.logging = Executors.newFixedThreadPool(LOG_THREADS, threads("log"));
    this.log =
        new ArtemisWriteAheadLog(
            configuration.log().data(), space, configuration.log().fileBytes(), logging);
    try {
      this.store =
          LuceneVectorStore.open(
              configuration.identity(),
              configuration.index(),
              log,
              new IndexExecutors(linker, scans),
              wall);
    } catch (RuntimeException refused) {
      closeLog();
      throw refused;
    }
    this.checked = new CheckedVectorStore(store, space, wall);
  }

  private ThreadFactory threads(String task) {
    return Thread.ofPlatform()
        .name(configuration.identity().name() + "-" + task + "-", 0)
        .daemon()
        .factory();
  }

  private static ExecutorService boundedPool(ThreadFactory threads) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ThreadPoolExecutor(
        cores, cores, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_SCANS), threads);
  }

  /** What this agent's services ask. */
  VectorStore store() {
    return checked;
  }

  /** The same store, as its operator sees it. */
  LuceneVectorStore index() {
    return store;
  }

  AgentConfiguration configuration() {
    return configuration;
  }

  @Override
  public CompletionStage<Description> describe(CallContext context) {
    var identity = configuration.identity();
    return CompletableFuture.completedStage(
        new Description(
            Role.AGENT,
            configuration.site(),
            identity.writer().site(),
            identity.name(),
            configuration.index().space(),
            store.greatestStamp()));
  }

  /** Never interrupts a thread: that would close the files it works on. */
  @Override
  public void close() {
    store.close();
    linker.shutdown();
    scans.shutdown();
    closeLog();
  }

  private void closeLog() {
    log.close();
    logging.shutdown();
    try {
      if (!logging.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(Agent.class.getName())
            .log(System.Logger.Level.WARNING, "The log still works after {0} s", STOP_SECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
