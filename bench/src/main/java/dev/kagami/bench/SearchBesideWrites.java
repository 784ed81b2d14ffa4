package dev.kagami.bench;

import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What searches lose while an agent's store is written to as fast as it takes it, links and saves a
 * checkpoint: searches per second of their own CPU time, on one thread, against those of the same
 * store at rest. Half of the vectors are there before.
 */
public final class SearchBesideWrites {
  private static final SearchOptions OPTIONS =
      new SearchOptions(DataSet.NUM, -1, 0.1f, 0, 0, Duration.ZERO);

  private final DataSet data;
  private final StoreOnDisk disk;
  private final long turnNanos;
  private int written;

  private SearchBesideWrites(DataSet data, StoreOnDisk disk, int seconds) {
    this.data = data;
    this.disk = disk;
    this.turnNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Prints each turn and its ratio.
   *
   * @param arguments a file as {@code samples/README.md} describes; the metric; how many rounds;
   *     the seconds of a turn; how many vectors may be pending
   */
  @AtTheRim("prints to the console")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var data = DataSet.read(Path.of(arguments[0]), Metric.parse(arguments[1]), 1_000);
    var folder = Files.createTempDirectory("kagami-bench");
    var settings = settings(data.space(), Integer.parseInt(arguments[4]));
    try (var disk = new StoreOnDisk(folder, settings, Durability.FSYNC)) {
      var run = new SearchBesideWrites(data, disk, Integer.parseInt(arguments[3]));
      run.begin();
      for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
        run.print();
      }
    }
    System.exit(0); // the log's threads would keep it
  }

  private static IndexSettings settings(VectorSpace space, int pending) {
    return new IndexSettings(
        space,
        IndexSettings.CONNECTIONS,
        IndexSettings.BEAM,
        pending,
        IndexSettings.SearchDefaults.VALD);
  }

  private void begin() throws InterruptedException {
    while (written < data.base().size() / 2) {
      writeNext();
    }
    disk.acknowledged();
    disk.linked();
    double _ = searchesPerSecond();
  }

  /** Each id gets its own vector first, and that of the next id each time after. */
  private void writeNext() throws InterruptedException {
    int size = data.base().size();
    int round = written / size;
    int number = written++ % size;
    var vector = Vector.adopt(data.base().get((number + round) % size));
    disk.write(new Mutation.Upsert(new VectorId("id-" + number), vector, WriteTime.UNSTAMPED));
  }

  private void print() throws InterruptedException {
    double idle = searchesPerSecond();
    int before = written;
    var done = new AtomicBoolean();
    var writer = Thread.ofPlatform().name("bench-writer").start(() -> writeUntil(done));
    var saved = disk.store().maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED);
    double busy = searchesPerSecond();
    long pending = disk.info().uncommitted();
    done.set(true);
    writer.join();
    saved.toCompletableFuture().join();
    System.out.printf(
        Locale.ROOT,
        "%6.0f/s idle, %6.0f/s beside %6.0f writes/s, x %.2f; %d pending at the end%n",
        idle,
        busy,
        (written - before) / (turnNanos / 1e9),
        busy / idle,
        pending);
    disk.linked();
  }

  private void writeUntil(AtomicBoolean done) {
    try {
      while (!done.get()) {
        writeNext();
      }
      disk.acknowledged();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @AtTheRim("a benchmark runs on the real clock")
  private double searchesPerSecond() {
    var threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    int count = 0;
    while (System.nanoTime() - start < turnNanos) {
      var query = Vector.adopt(data.queries().get(count++ % data.queries().size()));
      var search =
          new SearchQuery(
              new SearchQuery.Subject.OfVector(query), SearchQuery.Method.GRAPH, OPTIONS);
      var _ = disk.store().search(search, CallContext.UNBOUNDED).toCompletableFuture().join();
    }
    return count / ((threads.getCurrentThreadCpuTime() - cpu) / 1e9);
  }
}
