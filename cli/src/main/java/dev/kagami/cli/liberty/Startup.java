package dev.kagami.cli.liberty;

import dev.kagami.cli.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts several servers: all get ready, or none is left. Two are launched at a time, in the given
 * order, but a launched server keeps no other from being launched: one may well wait for another
 * before it says it is ready. Used once. {@link #abort} may come from another thread.
 */
public final class Startup {

  private static final int LAUNCHES_AT_A_TIME = 2;

  private final List<LibertyServer> servers;
  private final Duration patience;
  private final Consumer<String> progress;
  private final Semaphore launches = new Semaphore(LAUNCHES_AT_A_TIME, true);
  private final ExecutorService workers;

  /**
   * A start of {@code servers}, at least one, none of which runs.
   *
   * @param patience for each server, from its own launch on
   * @param progress told a line at a time, from several threads
   */
  public Startup(List<LibertyServer> servers, Duration patience, Consumer<String> progress) {
    this.servers = List.copyOf(servers);
    this.patience = patience;
    this.progress = progress;
    this.workers =
        Executors.newFixedThreadPool(
            servers.size(), Thread.ofPlatform().name("start-", 1).factory());
  }

  /**
   * Returns when all are ready.
   *
   * @throws CommandFailure if one does not get ready; all are stopped again then
   */
  public void run() throws InterruptedException {
    var started = new ExecutorCompletionService<Void>(workers);
    servers.forEach(server -> started.submit(() -> start(server), null));
    try {
      for (int i = 0; i < servers.size(); i++) {
        started.take().get();
      }
    } catch (ExecutionException e) {
      abort();
      throw e.getCause() instanceof CommandFailure failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdown();
    }
  }

  /** Ends the attempt: what it started is stopped when this returns. */
  public synchronized void abort() throws InterruptedException {
    workers.shutdownNow();
    if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a start cannot be interrupted");
    }
    LibertyServer.stop(servers);
  }

  private void start(LibertyServer server) {
    try {
      launches.acquire();
      var begin = System.nanoTime();
      Readiness readiness;
      try {
        progress.accept(server.name() + ": starting ...");
        readiness = server.launch(patience);
      } finally {
        launches.release();
      }
      readiness.await();
      var seconds = Math.round((System.nanoTime() - begin) / 1e9);
      progress.accept(server.name() + ": ready in " + seconds + " s");
    } catch (InterruptedException aborted) {
      Thread.currentThread().interrupt();
    } catch (CommandFailure failure) {
      if (!workers.isShutdown()) {
        throw failure; // else the abort is the reason, and told by whoever aborts
      }
    }
  }
}
