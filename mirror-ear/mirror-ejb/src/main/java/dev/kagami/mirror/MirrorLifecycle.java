package dev.kagami.mirror;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.catchup.PositionRepository;
import dev.kagami.mirror.console.MirrorOperations;
import dev.kagami.mirror.console.WriteOperations;
import dev.kagami.mirror.mesh.MirrorTargetRepository;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where the container and the mirror meet: reads the configuration, makes the clock and the
 * threads, and offers the parts that the endpoints and the console need. What it makes ends with
 * this bean, which the container destroys last: the endpoints of mirror-war stop after this
 * module's other beans are told to.
 */
@ApplicationScoped
@AtTheRim("makes the clock and the threads that everything else is given")
public class MirrorLifecycle {
  private static final System.Logger LOG = System.getLogger(MirrorLifecycle.class.getName());

  @Resource private ContextService contexts;

  private final MirrorTargetRepository repository;
  private final PositionRepository positions;

  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, MirrorLifecycle::timerThread);
  private final ExecutorService databaseThreads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("kagami-mirror-database-", 0).factory());
  private final Scheduler scheduler = new ExecutorScheduler(timers, InstantSource.system());

  /** Set once, by begin. */
  private volatile Optional<MirrorProcess> process = Optional.empty();

  /** For CDI. */
  protected MirrorLifecycle() {
    this(null, null);
  }

  @Inject
  MirrorLifecycle(MirrorTargetRepository repository, PositionRepository positions) {
    this.repository = repository;
    this.positions = positions;
  }

  /**
   * Makes the mirror and starts it. Whatever is wrong with the configuration or the disk is thrown
   * here, where {@link StartUp} calls it: Liberty tells it in its log as it is.
   */
  void begin() {
    timers.setRemoveOnCancelPolicy(true);
    // Threads of our own lack what JPA and JTA look up; this one's context has it.
    var withContext = contexts.currentContextExecutor();
    var config = ConfigProvider.getConfig();
    var made =
        new MirrorProcess(
            MirrorConfiguration.read(name -> config.getOptionalValue(name, String.class)),
            new MirrorProcess.Database(
                repository,
                positions,
                task -> databaseThreads.execute(() -> withContext.execute(task))),
            scheduler);
    process = Optional.of(made);
    made.start();
  }

  private static Thread timerThread(Runnable task) {
    var thread = new Thread(task, "kagami-mirror-timer");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (_, failure) -> LOG.log(Level.ERROR, "A timer of the mirror failed", failure));
    return thread;
  }

  void leave(@Observes Shutdown event) {
    process.ifPresent(MirrorProcess::leave);
  }

  @PreDestroy
  void end() {
    process.ifPresent(MirrorProcess::close);
    timers.shutdownNow();
    databaseThreads.close();
  }

  @Produces
  @Singleton
  MirrorProcess process() {
    return process.orElseThrow(() -> new IllegalStateException("the mirror has not started"));
  }

  @Produces
  @Singleton
  VectorStore store() {
    return process().store();
  }

  @Produces
  @Singleton
  MirrorOperations operations() {
    return process().operations();
  }

  @Produces
  @Singleton
  WriteOperations writes() {
    return process().writes();
  }

  @Produces
  @Singleton
  Scheduler scheduler() {
    return scheduler;
  }
}
