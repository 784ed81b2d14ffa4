package dev.kagami.agent.index;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One score of a stored vector against a query, as a search asks for them: 64 slots from all over
 * the rows at a time. In this package since scorers are nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelsBenchmark {
  private static final int BLOCK = 64;
  private static final int BLOCKS = 1024;

  @Param({"100", "784"})
  private int dimension;

  /** Rows in all: the first stay in the cache, the last do not. */
  @Param({"1000", "100000"})
  private int rows;

  @Param({"L1", "L2", "COSINE", "INNER_PRODUCT"})
  private Metric metric;

  private Scorer scorer;
  private int[][] slots;
  private float[] scores;
  private int next;

  /** Fills the rows. */
  @Setup
  public void fill() {
    var random = new SplittableRandom(7);
    var kernels = Kernels.best();
    var chunks = new VectorChunks(dimension, metric, kernels.lanes());
    for (int slot = 0; slot < rows; slot++) {
      chunks.put(slot, vector(random));
    }
    scorer = new Distances(metric, chunks, kernels).scorer(vector(random));
    scores = new float[BLOCK];
    slots = new int[BLOCKS][];
    for (int i = 0; i < BLOCKS; i++) {
      slots[i] = random.ints(BLOCK, 0, rows).toArray();
    }
  }

  /** One score of 64. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public float score() {
    next = (next + 1) % BLOCKS;
    return scorer.bulkScore(slots[next], scores, BLOCK);
  }

  private Vector vector(SplittableRandom random) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }
}
