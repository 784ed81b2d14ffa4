package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What comes again and again takes no more room, and is found as if it had come once. */
class PurgeTest {
  private static final VectorSpace SPACE = new VectorSpace(16, Metric.L2);
  private static final IndexSettings SETTINGS =
      new IndexSettings(SPACE, 16, 100, IndexSettings.PENDING, IndexSettings.SearchDefaults.VALD);
  private static final int IDS = 2_000;
  private static final int ROUNDS = 20;
  private static final int NUM = 10;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();

  /** All vectors that an id ever had. */
  private final Map<VectorId, List<Vector>> given = new ConcurrentHashMap<>();

  private final Set<VectorId> removed = ConcurrentHashMap.newKeySet();
  private LuceneVectorStore store;

  @Test
  void allIdsAreOverwrittenTwentyTimes_slotsAreBoundedAndRecallIsKept() {
    open(Runnable::run);
    upsertAll();
    double fresh = recall();

    for (int round = 1; round < ROUNDS; round++) {
      upsertAll();
    }
    for (int i = 0; i < IDS; i += 10) {
      remove(id(i));
    }

    assertThat(slots()).as("%s", seed).isLessThan(2 * IDS);
    assertThat(recall()).as("%s", seed).isGreaterThan(fresh - 0.03);
    for (int i = 0; i < IDS; i++) {
      var latest = given.get(id(i)).getLast();
      var hits = search(latest, Method.GRAPH);
      assertThat(hits).extracting(Neighbor::id).doesNotContainAnyElementsOf(removed);
      if (!removed.contains(id(i))) {
        assertThat(hits.getFirst().id()).as("nearest, by %s", seed).isEqualTo(id(i));
        assertThat(hits.getFirst().distance()).isZero();
      }
    }
  }

  @Test
  void equalVectorsComeAndGo_slotsAreBoundedAndTheRestIsFound() {
    open(Runnable::run);
    var shared = vector();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < IDS; i++) {
        upsert(id(i), (i + round) % 2 == 0 ? shared : vector());
      }
    }

    assertThat(slots()).as("%s", seed).isLessThan(2 * IDS);
    assertThat(search(shared, Method.GRAPH))
        .hasSize(NUM)
        .allSatisfy(hit -> assertThat(hit.distance()).isZero());
    for (int i = 0; i < IDS; i += 7) {
      var latest = given.get(id(i)).getLast();
      assertThat(search(latest, Method.GRAPH).getFirst().distance()).as("%s", seed).isZero();
    }
  }

  /** A slot that is given to another vector too early would show by a distance that nobody has. */
  @Test
  void searchesGoOnWhileSlotsAreGivenAway_allDistancesAreTrue() throws Exception {
    var done = new AtomicBoolean();
    try (var linker = Executors.newSingleThreadExecutor(named("linker"));
        var searchers = Executors.newFixedThreadPool(2, named("searcher-"))) {
      open(linker);
      var standing = List.of(vector(), vector(), vector());
      for (int i = 0; i < standing.size(); i++) {
        upsert(new VectorId("standing-" + i), standing.get(i));
      }
      var work =
          List.of(
              searchers.submit(() -> searchUntil(done, standing, Method.GRAPH)),
              searchers.submit(() -> searchUntil(done, standing, Method.LINEAR)));

      for (int round = 0; round < ROUNDS / 2; round++) {
        for (int i = 0; i < IDS / 2; i++) {
          upsert(id(i), vector());
        }
        join(store.maintain(Maintenance.CREATE_INDEX, CallContext.UNBOUNDED));
      }
      done.set(true);

      for (var one : work) {
        one.get(120, TimeUnit.SECONDS);
      }
      assertThat(slots()).as("%s", seed).isLessThan(ROUNDS / 4 * IDS / 2); // half of what came
    } finally {
      store.close();
    }
  }

  private Void searchUntil(AtomicBoolean done, List<Vector> standing, Method method) {
    for (int i = 0; !done.get(); i++) {
      var vector = standing.get(i % standing.size());

      var hits = search(vector, method);

      assertThat(hits.getFirst().id().value()).isEqualTo("standing-" + i % standing.size());
      for (var hit : hits) {
        assertThat(given.get(hit.id()))
            .as("%s, by %s", hit, seed)
            .anySatisfy(had -> assertThat(hit.distance()).isEqualTo(distance(vector, had)));
      }
    }
    return null;
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().name(name).factory();
  }

  private void open(Executor linker) {
    store =
        LuceneVectorStore.open(
            Stores.IDENTITY,
            SETTINGS,
            new MemoryLog(),
            new IndexExecutors(linker, Runnable::run),
            time);
  }

  private void upsertAll() {
    for (int i = 0; i < IDS; i++) {
      upsert(id(i), vector());
    }
  }

  private void upsert(VectorId id, Vector vector) {
    given.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(vector);
    join(store.apply(new Mutation.Upsert(id, vector, WriteTime.UNSTAMPED), CallContext.UNBOUNDED));
  }

  private void remove(VectorId id) {
    join(store.apply(new Mutation.Remove(id, WriteTime.UNSTAMPED), CallContext.UNBOUNDED));
    removed.add(id);
  }

  /** Those that are in use and those that were or could be given back. */
  private long slots() {
    var statistics = join(store.statistics(CallContext.UNBOUNDED)).values().iterator().next();
    return statistics.objects() + statistics.removed();
  }

  private double recall() {
    double found = 0;
    for (int i = 0; i < 50; i++) {
      var query = vector();
      var exact = new HashSet<>(ids(search(query, Method.LINEAR)));
      exact.retainAll(ids(search(query, Method.GRAPH)));
      found += exact.size();
    }
    return found / 50 / NUM;
  }

  private static List<VectorId> ids(List<Neighbor> hits) {
    return hits.stream().map(Neighbor::id).toList();
  }

  private List<Neighbor> search(Vector vector, Method method) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector), method, SearchOptions.nearest(NUM));
    return join(store.search(query, CallContext.UNBOUNDED)).neighbors();
  }

  private static <R> R join(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }

  private static float distance(Vector a, Vector b) {
    return (float)
        Exact.distance(SPACE.metric(), a.toArray(), 0, b.toArray(), 0, SPACE.dimension());
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private Vector vector() {
    var components = new float[SPACE.dimension()];
    for (int i = 0; i < components.length; i++) {
      components[i] = random.nextFloat();
    }
    return Vector.adopt(components);
  }
}
