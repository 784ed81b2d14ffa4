package dev.kagami.system;

import dev.kagami.core.AtTheRim;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something outside this process to become true. */
public final class Eventually {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Returns when {@code isTrue}, which has to be so within {@code atMost}. */
  public static void waitUntil(String what, Duration atMost, BooleanSupplier isTrue) {
    waitUntil(what, atMost, isTrue, () -> "");
  }

  /** A failure also tells what {@code insight} gives then. */
  @AtTheRim("other processes change when they like; there is nothing to be told by")
  static void waitUntil(
      String what, Duration atMost, BooleanSupplier isTrue, Supplier<String> insight) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!isTrue.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + atMost + ": " + what + "\n" + insight.get());
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting: " + what, stop);
      }
    }
  }
}
