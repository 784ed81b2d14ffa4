package dev.kagami.bench;

import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How long an agent's store takes from opening its folder to its first answer. The first run, in an
 * empty folder, fills it and saves a checkpoint; each later one starts from that.
 */
public final class Restart {
  private static final long SEED = 1;
  private static final int DIMENSION = 100;
  private static final int PENDING = 100_000;
  private static final SearchQuery QUERY =
      new SearchQuery(
          new SearchQuery.Subject.OfVector(vector(new SplittableRandom(SEED))),
          SearchQuery.Method.GRAPH,
          new SearchOptions(DataSet.NUM, -1, 0.1f, 0, 0, Duration.ZERO));

  private Restart() {}

  /**
   * Prints what it found and how long that took.
   *
   * @param arguments a folder; how many vectors of {@value #DIMENSION} random components it gets; M
   *     and B of their graph
   */
  @AtTheRim("prints to the console, a benchmark runs on the real clock")
  public static void main(String[] arguments) throws InterruptedException {
    int size = Integer.parseInt(arguments[1]);
    var settings =
        new IndexSettings(
            new VectorSpace(DIMENSION, Metric.L2),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            PENDING,
            IndexSettings.SearchDefaults.VALD);
    long start = System.nanoTime();
    try (var disk = new StoreOnDisk(Path.of(arguments[0]), settings, Durability.FSYNC)) {
      int found = found(disk);
      System.out.printf(
          Locale.ROOT,
          "%d neighbours among %d vectors after %.1f s, %.1f s of CPU since the JVM's start%n",
          found,
          stored(disk),
          (System.nanoTime() - start) / 1e9,
          cpuSeconds());
      if (stored(disk) < size) {
        fill(disk, size);
      }
    }
    System.exit(0); // the log's threads would keep it
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static int found(StoreOnDisk disk) {
    var answer = disk.store().search(QUERY, CallContext.UNBOUNDED).toCompletableFuture().join();
    return answer.neighbors().size();
  }

  private static long stored(StoreOnDisk disk) {
    var info = disk.info();
    return info.stored() + info.uncommitted();
  }

  private static void fill(StoreOnDisk disk, int size) throws InterruptedException {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < size; i++) {
      var id = new VectorId("id-" + i);
      disk.write(new Mutation.Upsert(id, vector(random), WriteTime.UNSTAMPED));
    }
    disk.acknowledged();
    disk.linked();
    disk.save();
  }

  private static Vector vector(SplittableRandom random) {
    var components = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }
}
