package dev.kagami.agent.index;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what it was given only when told so, on the thread that says it. Thread-safe. */
final class SteppingExecutor implements Executor {
  // Guarded by itself.
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
    }
  }

  /** Runs everything, also what is added meanwhile. */
  void runAll() {
    for (var next = poll(); next != null; next = poll()) {
      next.run();
    }
  }

  private Runnable poll() {
    synchronized (waiting) {
      return waiting.poll();
    }
  }
}
