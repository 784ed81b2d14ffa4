package dev.kagami.cli.cluster;

/**
 * While open, the end of this program by Ctrl-C or a signal runs an action first. Once it has
 * begun, the program cannot go on: {@link #close} does not return then.
 */
final class StopAtExit implements AutoCloseable {

  /** The action; its interruption would be the end of it. */
  interface Action {
    void run() throws InterruptedException;
  }

  private final Thread hook;

  StopAtExit(Action action) {
    hook = Thread.ofPlatform().name("stop-at-exit").unstarted(() -> run(action));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      waitForTheEnd();
    }
  }

  private static void waitForTheEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
