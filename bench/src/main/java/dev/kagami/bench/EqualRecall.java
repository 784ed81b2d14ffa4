package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An agent's search beside plain Lucene's at the same recall: cosine, one thread, no network.
 *
 * <p>Queries per second of CPU time, so neighbours on the machine distort little; engines take
 * turns within each round, so what distorts meets all of them. Every eleventh vector of the file is
 * a query, the others are stored.
 */
public final class EqualRecall {
  private static final int NUM = 10;
  private static final int[] EFFORTS = {20, 40, 70, 100, 150, 250, 400, 700};
  private static final double[] RECALLS = {0.90, 0.95, 0.99};
  private static final int QUERY_EVERY = 11;
  private static final int MOST_QUERIES = 2_000;

  private final List<float[]> base = new ArrayList<>();
  private final List<float[]> queries = new ArrayList<>();
  private final List<int[]> truth = new ArrayList<>();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private EqualRecall(Path file) {
    int number = 0;
    for (var vector : SampleWords.read(file).values()) {
      (number++ % QUERY_EVERY == 0 && queries.size() < MOST_QUERIES ? queries : base)
          .add(vector.toArray());
    }
    for (var query : queries) {
      truth.add(new Exhaustive(base).nearest(query, NUM));
    }
  }

  /**
   * Prints curves and ratios.
   *
   * @param arguments a file as {@code samples/README.md} describes, and how many rounds
   */
  @AtTheRim("prints to the console, works in a temporary folder")
  public static void main(String[] arguments) throws IOException {
    var run = new EqualRecall(Path.of(arguments[0]));
    var folder = Files.createTempDirectory("kagami-bench");
    System.out.printf(Locale.ROOT, "%d vectors, %d queries%n", run.base.size(), run.queries.size());
    run.compare(folder, Integer.parseInt(arguments[1]));
  }

  private void compare(Path folder, int rounds) {
    var engines =
        List.of(
            built(() -> new LuceneEngine(base, 16, 100, folder.resolve("16-100"))),
            built(() -> new LuceneEngine(base, 32, 200, folder.resolve("32-200"))),
            built(() -> new KagamiEngine(base, 16, 100)),
            built(() -> new KagamiEngine(base, 32, 200)));
    var curves = new LinkedHashMap<Engine, Curve>();
    engines.forEach(engine -> curves.put(engine, new Curve()));
    for (int round = 0; round <= rounds; round++) {
      for (int effort : EFFORTS) {
        for (var engine : engines) {
          measure(engine, effort, round == 0 ? new Curve() : curves.get(engine));
        }
      }
    }
    report(curves, engines.getFirst());
    engines.forEach(Engine::close);
  }

  private Engine built(Supplier<Engine> builder) {
    long before = threads.getCurrentThreadCpuTime();
    var engine = builder.get();
    double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    System.out.printf(Locale.ROOT, "%s built in %.1f s of CPU time%n", engine.name(), seconds);
    return engine;
  }

  private void measure(Engine engine, int effort, Curve curve) {
    int found = 0;
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < queries.size(); i++) {
      found += overlap(engine.nearest(queries.get(i), NUM, effort), truth.get(i));
    }
    double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    curve.add(effort, found / (double) (NUM * queries.size()), queries.size() / seconds);
  }

  private static int overlap(int[] found, int[] truth) {
    return (int)
        Arrays.stream(found).filter(hit -> Arrays.stream(truth).anyMatch(it -> it == hit)).count();
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
