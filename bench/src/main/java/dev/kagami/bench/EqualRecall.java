package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.vector.Metric;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An agent's search beside plain Lucene's and JVector's at the same recall, on one thread, then how
 * much faster two are; no network.
 *
 * <p>Queries per second of CPU time, so neighbours on the machine distort little; engines take
 * turns block by block, and the best round of each block counts, so a passing disturbance hardly
 * shows.
 */
public final class EqualRecall {
  private static final int[] EFFORTS = {14, 20, 40, 70, 100, 150, 250, 400, 700};
  private static final double[] RECALLS = {0.90, 0.95, 0.99};
  private static final int MOST_QUERIES = 1_000;

  /** How many queries an engine is asked before it is the next one's turn. */
  private static final int BLOCK = 50;

  private final DataSet data;
  private final Path folder;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private EqualRecall(DataSet data, Path folder) {
    this.data = data;
    this.folder = folder;
  }

  /**
   * Prints curves and ratios to the first engine.
   *
   * @param arguments a file as {@code samples/README.md} describes; the metric; how many rounds; a
   *     folder for Lucene's indexes, which are used again if they are there; engines, such as
   *     {@code lucene:16:100 kagami:32:200}
   */
  @AtTheRim("prints to the console")
  public static void main(String[] arguments) {
    var data = DataSet.read(Path.of(arguments[0]), Metric.parse(arguments[1]), MOST_QUERIES);
    System.out.printf(
        Locale.ROOT,
        "%s: %d vectors of %d dimensions, %d queries%n",
        arguments[0],
        data.base().size(),
        data.base().getFirst().length,
        data.queries().size());
    var run = new EqualRecall(data, Path.of(arguments[3]));
    var engines = Arrays.stream(arguments).skip(4).map(run::built).toList();
    int rounds = Integer.parseInt(arguments[2]);
    run.compare(engines, rounds);
    engines.forEach(engine -> new Scaling(data, engine).print(rounds));
    engines.forEach(Engine::close);
  }

  private Engine built(String wanted) {
    var parts = wanted.split(":", -1);
    int connections = Integer.parseInt(parts[1]);
    int beam = Integer.parseInt(parts[2]);
    long before = threads.getCurrentThreadCpuTime();
    var engine =
        switch (parts[0]) {
          case "lucene" -> new LuceneEngine(data, connections, beam, folder.resolve(wanted));
          case "jvector" -> new JVectorEngine(data, connections, beam);
          case "kagami" -> new KagamiEngine(data, connections, beam);
          default -> throw new IllegalArgumentException("no engine " + wanted);
        };
    double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    System.out.printf(Locale.ROOT, "%s ready after %.1f s of CPU time%n", engine.name(), seconds);
    return engine;
  }

  private void compare(List<Engine> engines, int rounds) {
    var curves = new LinkedHashMap<Engine, Curve>();
    engines.forEach(engine -> curves.put(engine, new Curve()));
    for (int round = 0; round <= rounds; round++) {
      for (int effort : EFFORTS) {
        for (int from = 0; from < data.queries().size(); from += BLOCK) {
          for (var engine : engines) {
            var block = asked(engine, effort, from);
            if (round > 0) {
              curves.get(engine).add(effort, from, block);
            }
          }
        }
      }
    }
    report(curves, engines.getFirst());
  }

  private Curve.Block asked(Engine engine, int effort, int from) {
    int to = Math.min(from + BLOCK, data.queries().size());
    int right = 0;
    long before = threads.getCurrentThreadCpuTime();
    for (int i = from; i < to; i++) {
      right += data.right(i, engine.nearest(data.queries().get(i), DataSet.NUM, effort));
    }
    return new Curve.Block(to - from, right, threads.getCurrentThreadCpuTime() - before);
  }

  private static void report(Map<Engine, Curve> curves, Engine reference) {
    curves.forEach(
        (engine, curve) -> System.out.printf(Locale.ROOT, "%n%s%n%s", engine.name(), curve));
    System.out.printf(
        Locale.ROOT,
        "%nqueries per second at equal recall, and times those of %s%n",
        reference.name());
    for (double recall : RECALLS) {
      System.out.printf(Locale.ROOT, "recall %.2f%n", recall);
      var least = curves.get(reference).perSecondAt(recall);
      curves.forEach((engine, curve) -> {
        var at = curve.perSecondAt(recall);
        System.out.printf(
            Locale.ROOT,
            "  %-18s %s %s%n",
            engine.name(),
            at.isPresent() ? String.format(Locale.ROOT, "%8.0f", at.getAsDouble()) : "not reached",
            at.isPresent() && least.isPresent()
                ? String.format(Locale.ROOT, "x %.2f", at.getAsDouble() / least.getAsDouble())
                : "");
      });
    }
  }
}
