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
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two writers, two searchers and the linker at once: what was acknowledged before a search began is
 * found at distance 0, what was removed before is not, and every distance is a true one.
 */
class SelfHitTest {
  private static final VectorSpace SPACE = new VectorSpace(16, Metric.L2);
  private static final int WRITES = 1_500;
  private static final int SEARCHES = 1_500;
  private static final int SHARED = 3;

  private final Seed seed = Seed.next();
  private final ExecutorService linker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("linker").factory());
  private final ExecutorService threads =
      Executors.newFixedThreadPool(4, Thread.ofPlatform().name("load-", 0).factory());
  private final LuceneVectorStore store =
      Stores.open(new MemoryLog(), SPACE, new ControlledScheduler(), linker);

  /** What many ids have. */
  private final List<Vector> shared =
      new Random(seed.value()).ints(SHARED).mapToObj(it -> vector(new Random(it))).toList();

  /** What stands for good; only its writer adds, and nobody takes away. */
  private final Map<VectorId, Vector> standing = new ConcurrentHashMap<>();

  private final Set<VectorId> removed = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    store.close();
    linker.shutdown();
    threads.shutdown();
  }

  @Test
  void writersSearchersAndLinkerWorkAtOnce_whatIsAcknowledgedIsFound() throws Exception {
    List<Future<Void>> work = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      var random = new Random(seed.value() + i);
      var name = "writer-" + i + "-";
      work.add(threads.submit(() -> write(name, random)));
      work.add(threads.submit(searcher(new Random(seed.value() - i - 1))));
    }

    for (var one : work) {
      one.get(120, TimeUnit.SECONDS);
    }

    assertThat(standing).hasSizeGreaterThan(WRITES / 2);
    await(store.maintain(Maintenance.CREATE_INDEX, CallContext.UNBOUNDED));
    for (var one : standing.entrySet()) {
      assertFound(one.getKey(), one.getValue());
    }
  }

  /** Inserts, and updates or removes a third of it. */
  private Void write(String name, Random random) throws Exception {
    for (int i = 0; i < WRITES; i++) {
      var id = new VectorId(name + i);
      var vector = random.nextInt(4) == 0 ? shared.get(random.nextInt(SHARED)) : vector(random);
      apply(new Mutation.Insert(id, vector, WriteTime.UNSTAMPED));
      switch (random.nextInt(6)) {
        case 0 -> {
          apply(new Mutation.Remove(id, WriteTime.UNSTAMPED));
          removed.add(id);
        }
        case 1 -> {
          var other = vector(random);
          apply(new Mutation.Update(id, other, WriteTime.UNSTAMPED));
          standing.put(id, other);
        }
        default -> standing.put(id, vector);
      }
    }
    return null;
  }

  private Callable<Void> searcher(Random random) {
    return () -> {
      for (int i = 0; i < SEARCHES; i++) {
        var known = List.copyOf(standing.entrySet());
        if (known.isEmpty()) {
          Thread.onSpinWait();
          continue;
        }
        var one = known.get(random.nextInt(known.size()));
        assertFound(one.getKey(), one.getValue());
      }
      return null;
    };
  }

  private void assertFound(VectorId id, Vector vector) throws Exception {
    var known = Map.copyOf(standing);
    var gone = Set.copyOf(removed);

    var hits = search(vector).neighbors();

    assertThat(hits).as("%s by %s", id, seed).isNotEmpty();
    if (!shared.contains(vector)) {
      assertThat(hits.getFirst().id()).as("nearest, by %s", seed).isEqualTo(id);
    }
    assertThat(hits.getFirst().distance()).isZero();
    assertThat(hits).extracting(Neighbor::id).as("by %s", seed).noneMatch(gone::contains);
    for (var hit : hits) {
      var at = known.get(hit.id());
      if (at != null) {
        assertThat(hit.distance()).as("of %s, by %s", hit, seed).isEqualTo(distance(vector, at));
      }
    }
  }

  private SearchResult search(Vector vector) throws Exception {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(5));
    return await(store.search(query, CallContext.UNBOUNDED));
  }

  private void apply(Mutation mutation) throws Exception {
    await(store.apply(mutation, CallContext.UNBOUNDED));
  }

  private static <R> R await(CompletionStage<R> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static float distance(Vector a, Vector b) {
    return (float)
        Exact.distance(SPACE.metric(), a.toArray(), 0, b.toArray(), 0, SPACE.dimension());
  }

  private static Vector vector(Random random) {
    var components = new float[SPACE.dimension()];
    for (int i = 0; i < components.length; i++) {
      components[i] = random.nextFloat();
    }
    return Vector.adopt(components);
  }
}
