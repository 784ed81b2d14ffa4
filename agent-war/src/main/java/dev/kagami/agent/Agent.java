package dev.kagami.agent;

import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A whole agent but its doors: storage, store and the threads they work on.
 *
 * <p>Life cycle: the constructor reads what is stored, which takes its time; {@link #close} waits
 * for the log, not for the linker's rest.
 */
final class Agent implements Node, AutoCloseable {
  private static final int TICK_SECONDS = 5;
  private static final int WAITING_SCANS = 1_000;

  private static final DateTimeFormatter BACKUP_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AgentConfiguration configuration;
  private final InstantSource wall;
  private final long run = new SecureRandom().nextLong();
  private final ExecutorService linker;
  private final ExecutorService scans;
  private final ScheduledExecutorService timer;
  private final AgentStorage storage;
  private final LuceneVectorStore store;
  private final VectorStore checked;

  Agent(AgentConfiguration configuration, InstantSource wall) {
    this.configuration = configuration;
    this.wall = wall;
    var space = configuration.index().space();
    this.linker = Executors.newSingleThreadExecutor(threads("linker"));
    this.scans = boundedPool(threads("scan"));
    this.timer = Executors.newSingleThreadScheduledExecutor(threads("timer"));
    this.storage = new AgentStorage(configuration.log(), space, this::threads);
    try {
      this.store =
          LuceneVectorStore.open(
              configuration.identity(),
              configuration.index(),
              storage.log(),
              storage.saving(),
              new IndexExecutors(linker, scans),
              wall);
    } catch (RuntimeException refused) {
      storage.close();
      throw refused;
    }
    timer.execute(storage::takeReserve);
    var _ = timer.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    this.checked = new CheckedVectorStore(store, space, wall);
  }

  private void tick() {
    store.tick();
    if (store.fault().isPresent()) {
      storage.releaseReserve();
    }
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

  /** Backs the agent up at work, into a new folder beside its data; tells which. */
  CompletionStage<Path> backUp() {
    var name = BACKUP_NAME.format(wall.instant());
    var folder = configuration.log().data().resolve("backups").resolve(name);
    return store.backUp(folder).thenApply(_ -> folder);
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
                store.greatestStamp())
            .withRun(run));
  }

  /** Never interrupts a thread: that would close the files it works on. */
  @Override
  public void close() {
    timer.shutdown();
    store.close();
    linker.shutdown();
    scans.shutdown();
    storage.close();
  }
}
