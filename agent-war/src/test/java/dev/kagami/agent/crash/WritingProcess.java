package dev.kagami.agent.crash;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A bare JVM around the engine that does one {@link Write} after another, as fast as it can, until
 * it is killed, and saves checkpoints all the time. It prints {@link #OPENING} before it opens the
 * log, then the number of each write that was acknowledged.
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
   * @param arguments the directory of log and checkpoints, and the number to begin with
   */
  public static void main(String[] arguments) throws InterruptedException {
    var pool = Executors.newFixedThreadPool(3, Thread.ofPlatform().daemon().name("p", 0).factory());
    System.out.println(OPENING);
    var saver = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("s").factory());
    var store = Engine.open(Path.of(arguments[0]), pool, pool, saver).store();
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
}
