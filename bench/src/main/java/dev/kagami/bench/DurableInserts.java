package dev.kagami.bench;

import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What it costs that an acknowledged write is on disk: writes per second of one agent's store that
 * forces its log to disk, beside one that leaves that to the operating system. They take turns; the
 * linker runs in both.
 */
public final class DurableInserts {
  private final DataSet data;
  private final long turnNanos;

  private DurableInserts(DataSet data, int seconds) {
    this.data = data;
    this.turnNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Prints what each turn reached, and the ratio of the best ones.
   *
   * @param arguments a file as {@code samples/README.md} describes; how many rounds; the seconds of
   *     a turn
   */
  @AtTheRim("prints to the console")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var data = DataSet.read(Path.of(arguments[0]), Metric.L2, 1);
    new DurableInserts(data, Integer.parseInt(arguments[2])).run(Integer.parseInt(arguments[1]));
    System.exit(0); // the logs' threads would keep it
  }

  private void run(int rounds) throws IOException, InterruptedException {
    double forced = 0;
    double left = 0;
    for (int round = 0; round < rounds; round++) {
      forced = Math.max(forced, perSecond(Durability.FSYNC));
      left = Math.max(left, perSecond(Durability.OS));
    }
    System.out.printf(Locale.ROOT, "fsync over os: %.2f%n", forced / left);
  }

  @AtTheRim("a benchmark runs on the real clock")
  private double perSecond(Durability durability) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("kagami-bench");
    try (var disk = new StoreOnDisk(folder, IndexSettings.of(data.space()), durability)) {
      long start = System.nanoTime();
      int count = 0;
      while (System.nanoTime() - start < turnNanos) {
        var vector = Vector.adopt(data.base().get(count % data.base().size()));
        disk.write(new Mutation.Insert(id(count++), vector, WriteTime.UNSTAMPED));
      }
      disk.acknowledged();
      double perSecond = count / ((System.nanoTime() - start) / 1e9);
      System.out.printf(Locale.ROOT, "%-6s %8.0f inserts/s%n", durability, perSecond);
      return perSecond;
    }
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
