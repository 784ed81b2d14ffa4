package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What share of the true nearest a search by the graph finds, with the usual effort. */
class RecallTest {
  private static final int DIMENSION = 24;
  private static final int VECTORS = 1_500;
  private static final int QUERIES = 100;
  private static final int NUM = 10;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private float shift;

  @ParameterizedTest
  @EnumSource(names = {"L1", "L2", "COSINE", "INNER_PRODUCT"}) // one per rank
  void vectorsAreInsertedAndAThirdOfThemReplaced_recallStaysAboveTheFloor(Metric metric) {
    var store =
        Stores.open(new MemoryLog(), new VectorSpace(DIMENSION, metric), new ControlledScheduler());
    for (int i = 0; i < VECTORS; i++) {
      upsert(store, i);
    }
    assertThat(recall(store)).as("fresh, %s", seed).isGreaterThan(floor(metric));

    for (int i = 0; i < VECTORS / 3; i++) {
      upsert(store, random.nextInt(VECTORS));
    }
    assertThat(recall(store)).as("churned, %s", seed).isGreaterThan(floor(metric));
  }

  /** A byte for each component cannot tell such vectors apart. */
  @Test
  void vectorsLieFarFromTheOrigin_recallStaysAboveTheFloor() {
    var space = new VectorSpace(DIMENSION, Metric.L2);
    var store = Stores.open(new MemoryLog(), space, new ControlledScheduler());
    shift = 1_000;
    for (int i = 0; i < VECTORS; i++) {
      upsert(store, i);
    }

    assertThat(recall(store)).as("%s", seed).isGreaterThan(floor(Metric.L2));
  }

  /** The inner product is no metric, and its graph finds less. */
  private static double floor(Metric metric) {
    return metric == Metric.INNER_PRODUCT ? 0.9 : 0.95;
  }

  private void upsert(LuceneVectorStore store, int number) {
    var id = new VectorId("id-" + number);
    store
        .apply(new Mutation.Upsert(id, vector(), WriteTime.UNSTAMPED), CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join();
  }

  private double recall(LuceneVectorStore store) {
    double found = 0;
    for (int i = 0; i < QUERIES; i++) {
      var query = vector();
      var exact = new HashSet<>(search(store, query, SearchQuery.Method.LINEAR));
      exact.retainAll(search(store, query, SearchQuery.Method.GRAPH));
      found += exact.size();
    }
    return found / QUERIES / NUM;
  }

  private static List<VectorId> search(
      LuceneVectorStore store, Vector vector, SearchQuery.Method method) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector), method, SearchOptions.nearest(NUM));
    var result = store.search(query, CallContext.UNBOUNDED).toCompletableFuture().join();
    return result.neighbors().stream().map(Neighbor::id).toList();
  }

  private Vector vector() {
    var components = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      components[i] = (float) random.nextGaussian() + shift;
    }
    return Vector.adopt(components);
  }
}
