package dev.kagami.bench;

import java.util.concurrent.TimeUnit;

/** Something to be timed. */
interface Timed {
  void run() throws InterruptedException;

  /** Runs {@code step}, and tells how long that took. */
  static String millis(Timed step) throws InterruptedException {
    long start = System.nanoTime();
    step.run();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms";
  }
}
