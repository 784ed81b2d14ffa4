package dev.kagami.mirror.simulation;

import dev.kagami.mirror.replication.Variant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;

/**
 * Runs of many seeds, one on each core at a time.
 *
 * @param scripts by their seeds
 */
record Runs(LongFunction<Script> scripts, Variant variant) {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Enough to keep every core busy while the oldest run is waited for. */
  private static final int MOST_UNDER_WAY = 4 * CORES;

  private record Run(long seed, CompletableFuture<Result> result) {}

  /**
   * Runs one seed after the other until a law is broken.
   *
   * @param told what came of each, in the order of the seeds
   * @return the first script that breaks a law
   */
  Optional<Script> untilBroken(LongStream seeds, ObjLongConsumer<Result> told) {
    var left = seeds.iterator();
    var underWay = new ArrayDeque<Run>();
    try (var threads =
        Executors.newFixedThreadPool(
            CORES, Thread.ofPlatform().name("simulation-", 0).daemon().factory())) {
      while (left.hasNext() || !underWay.isEmpty()) {
        while (left.hasNext() && underWay.size() < MOST_UNDER_WAY) {
          underWay.add(begin(left.nextLong(), threads));
        }
        var oldest = underWay.remove();
        var result = oldest.result().join();
        told.accept(result, oldest.seed());
        if (result.isBroken()) {
          threads.shutdownNow();
          return Optional.of(scripts.apply(oldest.seed()));
        }
      }
      return Optional.empty();
    }
  }

  private Run begin(long seed, Executor threads) {
    return new Run(
        seed,
        CompletableFuture.supplyAsync(() -> Simulation.run(scripts.apply(seed), variant), threads));
  }
}
