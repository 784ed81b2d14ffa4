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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many ids with equal vectors hide nobody else's, and are all found themselves. */
@ParameterizedClass
@EnumSource(names = {"L2", "COSINE", "INNER_PRODUCT"})
class EqualVectorsTest {
  private static final int COPIES = 5_000;
  private static final int OTHERS = 300;
  private static final int DIMENSION = 8;

  @Parameter private Metric metric;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();
  private final SteppingExecutor linker = new SteppingExecutor();
  private final List<Vector> others = IntStream.range(0, OTHERS).mapToObj(_ -> vector()).toList();
  private MemoryLog log = new MemoryLog();
  private LuceneVectorStore store;

  enum Order {
    COPIES_FIRST,
    COPIES_LAST,
    MIXED
  }

  @ParameterizedTest
  @CsvSource({
    "1, COPIES_FIRST", "1, COPIES_LAST", "1, MIXED",
    "2, COPIES_FIRST", "2, COPIES_LAST", "2, MIXED",
    "10, COPIES_FIRST", "10, COPIES_LAST", "10, MIXED",
  })
  void thousandsOfIdsHaveEqualVectors_allVectorsAreFound(int groups, Order order) {
    open();
    var copied = IntStream.range(0, groups).mapToObj(_ -> vector()).toList();

    insert(copied, order);
    linker.runAll();

    assertAllFound(copied, IntStream.range(0, COPIES).boxed().toList());

    restart();
    assertAllFound(copied, IntStream.range(0, COPIES).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void copiesAreRemovedExceptTheLast_theRestIsFound(boolean linkedBefore) {
    open();
    var copied = List.of(vector(), vector());
    insert(copied, Order.COPIES_FIRST);
    if (linkedBefore) {
      linker.runAll();
    }

    for (int i = 0; i < COPIES - 20; i++) {
      apply(new Mutation.Remove(copy(i), WriteTime.UNSTAMPED));
    }
    linker.runAll();

    var rest = IntStream.range(COPIES - 20, COPIES).boxed().toList();
    assertAllFound(copied, rest);

    restart();
    assertAllFound(copied, rest);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allCopiesAreRemovedAndOneComesBack_itAloneIsFound(boolean linkedBetween) {
    open();
    var copied = List.of(vector());
    insert(copied, Order.MIXED);
    linker.runAll();
    for (int i = 0; i < COPIES; i++) {
      apply(new Mutation.Remove(copy(i), WriteTime.UNSTAMPED));
    }
    if (linkedBetween) {
      linker.runAll();
    }
    assertThat(search(copied.getFirst(), 20)).noneMatch(hit -> hit.id().value().startsWith("copy"));

    apply(new Mutation.Insert(copy(7), copied.getFirst(), WriteTime.UNSTAMPED));

    assertAllFound(copied, List.of(7));
    linker.runAll();
    assertAllFound(copied, List.of(7));
  }

  /** Other floats each, but the same to every query that asks for directions. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thousandsPointInOneDirection_allOthersAreFound(boolean othersFirst) {
    open();
    var direction = vector();
    if (othersFirst) {
      insertOthers();
    }
    for (int i = 0; i < COPIES; i++) {
      var copy = scaled(direction, metric.needsDirection() ? 1 + i / 7f : 1);
      apply(new Mutation.Insert(copy(i), copy, WriteTime.UNSTAMPED));
    }
    if (!othersFirst) {
      insertOthers();
    }

    linker.runAll();

    assertOthersFound();
    assertThat(search(direction, 20)).allMatch(hit -> hit.id().value().startsWith("copy"));
  }

  private static Vector scaled(Vector vector, float factor) {
    float[] components = vector.toArray();
    for (int i = 0; i < components.length; i++) {
      components[i] *= factor;
    }
    return Vector.adopt(components);
  }

  private void assertAllFound(List<Vector> copied, List<Integer> numbers) {
    assertOthersFound();
    for (int group = 0; group < copied.size(); group++) {
      int rest = group;
      var expected =
          numbers.stream().filter(i -> i % copied.size() == rest).map(EqualVectorsTest::copy);
      var found = search(copied.get(group), Math.max(1, numbers.size() / copied.size()));
      assertThat(found)
          .as("group %s, %s", group, seed)
          .extracting(Neighbor::id)
          .containsExactlyInAnyOrderElementsOf(expected.toList());
    }
  }

  private void assertOthersFound() {
    for (int i = 0; i < OTHERS; i++) {
      assertThat(search(others.get(i), 1))
          .as("nearest to %s, %s", other(i), seed)
          .extracting(Neighbor::id)
          .containsExactly(other(i));
    }
  }

  private void insert(List<Vector> copied, Order order) {
    var writes = new ArrayList<Mutation>();
    for (int i = 0; i < COPIES; i++) {
      var vector = copied.get(i % copied.size());
      writes.add(new Mutation.Insert(copy(i), vector, WriteTime.UNSTAMPED));
    }
    for (int i = 0; i < OTHERS; i++) {
      int at = order == Order.COPIES_LAST ? i : writes.size();
      writes.add(at, new Mutation.Insert(other(i), others.get(i), WriteTime.UNSTAMPED));
    }
    if (order == Order.MIXED) {
      Collections.shuffle(writes, random);
    }
    writes.forEach(this::apply);
  }

  private void insertOthers() {
    for (int i = 0; i < OTHERS; i++) {
      apply(new Mutation.Insert(other(i), others.get(i), WriteTime.UNSTAMPED));
    }
  }

  private void apply(Mutation mutation) {
    store.apply(mutation, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private List<Neighbor> search(Vector vector, int num) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(num));
    return store.search(query, CallContext.UNBOUNDED).toCompletableFuture().join().neighbors();
  }

  private void restart() {
    store.close();
    log = log.restarted();
    open();
    linker.runAll();
  }

  private void open() {
    store = Stores.open(log, new VectorSpace(DIMENSION, metric), time, linker);
  }

  private static VectorId copy(int number) {
    return new VectorId("copy-" + number);
  }

  private static VectorId other(int number) {
    return new VectorId("other-" + number);
  }

  /** Of length 1, so that it is its own nearest by the inner product as well. */
  private Vector vector() {
    double length = 0;
    var components = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      components[i] = (float) random.nextGaussian();
      length += (double) components[i] * components[i];
    }
    return scaled(Vector.adopt(components), (float) (1 / Math.sqrt(length)));
  }
}
