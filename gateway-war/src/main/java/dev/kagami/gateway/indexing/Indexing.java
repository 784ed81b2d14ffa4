package dev.kagami.gateway.indexing;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.fanout.Lanes;
import dev.kagami.core.store.IndexInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Four timers that have indexes built and saved: built where enough is uncommitted, and now and
 * then where anything is; saved where built, and now and then everywhere. Only some agents at a
 * time, as one that builds may not answer searches. An agent with nothing to do is no failure; one
 * that fails is named in the log and tried again at the next turn. Life cycle: made, started once,
 * closed once. Thread-safe; never blocks.
 */
public final class Indexing implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Indexing.class.getName());

  private final IndexingSettings settings;
  private final Supplier<List<IndexedAgent>> agents;
  private final BooleanSupplier isFirst;
  private final Scheduler scheduler;
  private final AtomicBoolean building = new AtomicBoolean();
  private final AtomicBoolean saving = new AtomicBoolean();

  /** Names of agents that have built their index and not saved it since. */
  private final Set<String> built = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /**
   * @param agents those that are there now; asked anew each time
   * @param isFirst whether it is for this gateway to tell them now
   */
  public Indexing(
      IndexingSettings settings,
      Supplier<List<IndexedAgent>> agents,
      BooleanSupplier isFirst,
      Scheduler scheduler) {
    this.settings = settings;
    this.agents = agents;
    this.isFirst = isFirst;
    this.scheduler = scheduler;
  }

  /** Begins, unless the settings are off. */
  public void start() {
    if (settings.isOn()) {
      repeat(settings.check(), () -> build(info -> info.uncommitted() >= settings.length()));
      repeat(settings.limit(), () -> build(info -> info.uncommitted() > 0));
      repeat(settings.save(), () -> save(agent -> built.contains(agent.name())));
      repeat(settings.saveLimit(), () -> save(_ -> true));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void repeat(Duration pause, Supplier<CompletionStage<Void>> round) {
    scheduler.after(
        pause,
        () -> {
          if (!closed) {
            ours(round).whenComplete((_, _) -> repeat(pause, round));
          }
        });
  }

  private CompletionStage<Void> ours(Supplier<CompletionStage<Void>> round) {
    return isFirst.getAsBoolean() ? round.get() : CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> build(Predicate<IndexInfo> wanted) {
    return alone(
        building,
        () -> {
          var due = new ConcurrentLinkedQueue<IndexedAgent>();
          return each(
                  agents.get(),
                  Integer.MAX_VALUE,
                  agent ->
                      agent
                          .info()
                          .thenAccept(info -> {
                            if (wanted.test(info)) {
                              due.add(agent);
                            }
                          }))
              .thenCompose(_ -> each(List.copyOf(due), settings.concurrency(), this::build));
        });
  }

  private CompletionStage<Void> build(IndexedAgent agent) {
    return agent.createIndex(settings.poolSize()).thenRun(() -> built.add(agent.name()));
  }

  private CompletionStage<Void> save(Predicate<IndexedAgent> wanted) {
    return alone(
        saving,
        () ->
            each(
                agents.get().stream().filter(wanted).toList(), settings.concurrency(), this::save));
  }

  private CompletionStage<Void> save(IndexedAgent agent) {
    // before, since what is built while it saves wants saving again
    boolean wasBuilt = built.remove(agent.name());
    return agent
        .saveIndex()
        .whenComplete((_, failure) -> {
          if (failure != null && wasBuilt && !isNothingToDo(failure)) {
            built.add(agent.name());
          }
        });
  }

  /** Skips a round while another of its kind runs. */
  private static CompletionStage<Void> alone(
      AtomicBoolean running, Supplier<CompletionStage<Void>> round) {
    if (!running.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(null);
    }
    return round.get().whenComplete((_, _) -> running.set(false));
  }

  /** Runs {@code task} for all, some at a time; failures are logged. */
  private static CompletionStage<Void> each(
      List<IndexedAgent> agents, int atATime, Function<IndexedAgent, CompletionStage<Void>> task) {
    return Lanes.each(
        agents, atATime, agent -> task.apply(agent).exceptionally(failure -> note(agent, failure)));
  }

  private static Void note(IndexedAgent agent, Throwable failure) {
    if (!isNothingToDo(failure)) {
      LOG.log(
          Level.WARNING,
          "the index of agent {0} is not kept: {1}",
          agent.name(),
          StageFailure.words(failure));
    }
    return null;
  }

  private static boolean isNothingToDo(Throwable failure) {
    return StageFailure.cause(failure) instanceof FailedPrecondition;
  }
}
