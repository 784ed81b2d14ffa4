package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a second thread adds: queries per second of real time, one thread and two taking turns. */
final class Scaling {
  private static final int EFFORT = 100;

  private final DataSet data;
  private final Engine engine;

  Scaling(DataSet data, Engine engine) {
    this.data = data;
    this.engine = engine;
  }

  /** Prints the best of {@code rounds} of each, and their ratio. */
  void print(int rounds) {
    double one = 0;
    double two = 0;
    for (int round = 0; round < rounds; round++) {
      one = Math.max(one, perSecond(1));
      two = Math.max(two, perSecond(2));
    }
    System.out.printf(
        Locale.ROOT,
        "%s at ef %d: %.0f/s on one thread, %.0f/s on two, x %.2f%n",
        engine.name(),
        EFFORT,
        one,
        two,
        two / one);
  }

  @AtTheRim("a benchmark has threads and a clock of its own")
  private double perSecond(int threads) {
    try (var pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("search-", 0).factory())) {
      var work = new ArrayList<Future<Integer>>();
      long before = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        work.add(pool.submit(askAll()));
      }
      for (var one : work) {
        one.get();
      }
      return threads * data.queries().size() / ((System.nanoTime() - before) / 1e9);
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Callable<Integer> askAll() {
    return () -> {
      int found = 0;
      for (float[] query : data.queries()) {
        found += engine.nearest(query, DataSet.NUM, EFFORT).length;
      }
      return found;
    };
  }
}
