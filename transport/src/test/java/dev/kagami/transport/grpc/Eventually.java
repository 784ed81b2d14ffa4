package dev.kagami.transport.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what other threads do, never for longer than a test may take. */
public final class Eventually {
  private static final long LIMIT_SECONDS = 20;
  private static final long PAUSE_NANOS = 1_000_000;

  private Eventually() {}

  /** Returns once the condition holds; fails the test if it does not come to hold. */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so within " + LIMIT_SECONDS + " s");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The value of a future that ends well. */
  public static <R> R get(Future<R> future) {
    try {
      return future.get(SECONDS.toNanos(LIMIT_SECONDS), NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("failed where a value was expected", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no value within " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
