package dev.kagami.cli.liberty;

import dev.kagami.cli.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts several servers, two at a time: all get ready, or none is left. Used once. {@link #abort}
 * may come from another thread.
 */
public final class Startup {

  private static final int AT_A_TIME = 2;

  private final List<LibertyServer> servers;
  private final Duration patience;
  private final Consumer<String> progress;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(AT_A_TIME, Thread.ofPlatform().name("start-", 1).factory());

  /**
   * A start of {@code servers}, none of which runs.
   *
   * @param patience for each server, from its own start on
   * @param progress told a line at a time, from several threads
   */
  public Startup(List<LibertyServer> servers, Duration patience, Consumer<String> progress) {
    this.servers = List.copyOf(servers);
    this.patience = patience;
    this.progress = progress;
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
    var begin = System.nanoTime();
    progress.accept(server.name() + ": starting ...");
    try {
      server.start(patience);
    } catch (InterruptedException aborted) {
      Thread.currentThread().interrupt();
      return;
    }
    var seconds = Math.round((System.nanoTime() - begin) / 1e9);
    progress.accept(server.name() + ": ready in " + seconds + " s");
  }
}
