package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.VolatileLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a vector takes of the heap, its id, versions and edges included, as docs/agent.md says. */
class MemoryTest {
  private static final int VECTORS = 8_192; // fills chunks and tables

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());

  @ParameterizedTest
  @CsvSource({"100, 16, 8", "100, 32, 40", "784, 16, 8"})
  void vectorsAreLinked_eachTakesWhatTheFormulaSays(int dimension, int connections, int idBytes) {
    var settings =
        new IndexSettings(
            new VectorSpace(dimension, Metric.COSINE),
            connections,
            2 * connections,
            IndexSettings.PENDING,
            IndexSettings.SearchDefaults.VALD);
    long before = usedBytes();
    var store =
        LuceneVectorStore.open(
            Stores.IDENTITY,
            settings,
            new VolatileLog(),
            IndexExecutors.DIRECT,
            new ControlledScheduler());
    for (int i = 0; i < VECTORS; i++) {
      var id = new VectorId(String.format(Locale.ROOT, "%0" + idBytes + "d", i));
      var insert = new Mutation.Insert(id, vector(dimension), WriteTime.UNSTAMPED);
      store.apply(insert, CallContext.UNBOUNDED).toCompletableFuture().join();
    }

    double bytes;
    try {
      bytes = (usedBytes() - before) / (double) VECTORS;
    } finally {
      Reference.reachabilityFence(store);
      store.close();
    }

    int lanes = Kernels.best().lanes();
    assertThat(bytes)
        .as("%s", seed)
        .isCloseTo(
            4.0 * lanes * Math.ceilDiv(dimension + 1, lanes)
                + dimension
                + 8
                + 8 * connections
                + 320
                + idBytes,
            Percentage.withPercentage(10));
  }

  /** The least of several looks, since the heap may hold what others left. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      var runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private Vector vector(int dimension) {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = (float) random.nextGaussian();
    }
    return Vector.adopt(components);
  }
}
