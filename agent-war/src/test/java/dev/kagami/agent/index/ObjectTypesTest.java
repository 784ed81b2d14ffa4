package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.ExactDistance;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a component can be, with every distance that fits, across restarts. */
class ObjectTypesTest {
  private static final int VECTORS = 200;
  private static final int NUM = 10;

  @TempDir private Path folder;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();
  private final List<Vector> stored = new ArrayList<>();
  private MemoryLog log = new MemoryLog();
  private LuceneCheckpoints checkpoints;
  private LuceneVectorStore store;

  static Stream<Arguments> spaces() {
    return Stream.of(ObjectType.values())
        .flatMap(type ->
            Stream.of(Metric.values())
                .filter(metric -> type == ObjectType.UINT8 || !metric.comparesBits())
                .flatMap(metric ->
                    Stream.of(7, 8, 129)
                        .map(dimension -> Arguments.of(new VectorSpace(dimension, metric, type)))));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void vectorsAreStored_searchesAnswerAsAScanInDoublePrecision(VectorSpace space) {
    open(space);
    insert(space, VECTORS);

    assertAnswersAreRight(space);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void checkpointAndLogAreReadAgain_everyBitIsThere(VectorSpace space) {
    open(space);
    insert(space, 20);
    store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture().join();
    insert(space, 20);

    restart(space);

    for (int i = 0; i < stored.size(); i++) {
      assertThat(kept(i)).as("%s", seed).isEqualTo(stored.get(i));
    }
    assertAnswersAreRight(space);
  }

  @Test
  void numbersLieBetweenTwoHalves_theNearerIsKeptAndCompared() {
    var space = new VectorSpace(2, Metric.L2, ObjectType.FLOAT16);
    open(space);

    apply(new Mutation.Insert(id(0), Vector.of(0.1f, 2049), WriteTime.UNSTAMPED));

    assertThat(kept(0)).isEqualTo(Vector.of(0.099975586f, 2048));
    assertThat(search(Vector.of(0.1f, 2049), Method.GRAPH).getFirst().distance()).isZero();
  }

  @Test
  void nothingIsSetInEither_theyAreAtNoJaccardDistance() {
    var space = new VectorSpace(2, Metric.JACCARD, ObjectType.UINT8);
    open(space);

    apply(new Mutation.Insert(id(0), Vector.of(0, 0), WriteTime.UNSTAMPED));
    apply(new Mutation.Insert(id(1), Vector.of(0, 1), WriteTime.UNSTAMPED));

    assertThat(search(Vector.of(0, 0), Method.GRAPH))
        .extracting(Neighbor::distance)
        .containsExactly(0f, 1f);
  }

  @Test
  void numberIsNoByte_neitherStoredNorSearchedFor() {
    open(new VectorSpace(2, Metric.HAMMING, ObjectType.UINT8));
    var bad = Vector.of(0, 256);

    assertThatThrownBy(() -> apply(new Mutation.Insert(id(0), bad, WriteTime.UNSTAMPED)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("integers from 0 to 255");
    assertThat(store.search(query(bad, Method.GRAPH), CallContext.UNBOUNDED).toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(InvalidArgument.class);
  }

  @Test
  void spaceHasAnotherTypeAfterARestart_refusedNamingBoth() {
    open(new VectorSpace(2, Metric.L2, ObjectType.UINT8));
    apply(new Mutation.Insert(id(0), Vector.of(1, 2), WriteTime.UNSTAMPED));
    store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture().join();

    assertThatThrownBy(() -> restart(new VectorSpace(2, Metric.L2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("object type uint8")
        .hasMessageContaining("distance l2");
  }

  private void assertAnswersAreRight(VectorSpace space) {
    int found = 0;
    int wanted = 0;
    for (int i = 0; i < 20; i++) {
      var query = i % 2 == 0 ? vector(space) : stored.get(random.nextInt(stored.size()));
      float[] truth = nearest(space, query);

      assertThat(distances(query, Method.LINEAR)).as("%s", seed).isEqualTo(truth);
      float[] byGraph = distances(query, Method.GRAPH);
      for (int k = 0; k < truth.length; k++) {
        found += byGraph[k] == truth[k] ? 1 : 0;
        wanted++;
      }
    }
    assertThat(found).as("%s", seed).isGreaterThan(wanted * 9 / 10);
  }

  private float[] nearest(VectorSpace space, Vector query) {
    var all = new float[stored.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = ExactDistance.between(space.metric(), query, stored.get(i));
    }
    Arrays.sort(all);
    return Arrays.copyOf(all, NUM);
  }

  private float[] distances(Vector query, Method method) {
    var hits = search(query, method);
    var distances = new float[hits.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = hits.get(i).distance();
    }
    return distances;
  }

  private List<Neighbor> search(Vector vector, Method method) {
    return store
        .search(query(vector, method), CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .neighbors();
  }

  private static SearchQuery query(Vector vector, Method method) {
    return new SearchQuery(
        new SearchQuery.Subject.OfVector(vector), method, SearchOptions.nearest(NUM));
  }

  private void insert(VectorSpace space, int count) {
    for (int i = 0; i < count; i++) {
      var vector = vector(space);
      apply(new Mutation.Insert(id(stored.size()), vector, WriteTime.UNSTAMPED));
      stored.add(vector);
    }
  }

  private Vector vector(VectorSpace space) {
    var components = new float[space.dimension()];
    for (int i = 0; i < components.length; i++) {
      float some = (float) random.nextGaussian();
      components[i] =
          switch (space.type()) {
            case FLOAT -> some;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(some));
            case UINT8 -> random.nextInt(256);
          };
    }
    return Vector.adopt(components);
  }

  private void apply(Mutation mutation) {
    store.apply(mutation, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private Vector kept(int number) {
    var kept = store.find(id(number), CallContext.UNBOUNDED).toCompletableFuture().join();
    return kept.visible().orElseThrow().vector().orElseThrow();
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private void open(VectorSpace space) {
    checkpoints = new LuceneCheckpoints(folder, space);
    store = Stores.open(log, checkpoints, space, time, Runnable::run);
  }

  private void restart(VectorSpace space) {
    close();
    log = log.restarted();
    open(space);
  }

  @AfterEach
  void close() {
    store.close();
    checkpoints.close();
  }
}
