package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kagami.core.Seed;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.SearchQuery.Subject;
import dev.kagami.core.vector.ExactDistance;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches, compared with exact ones. */
interface SearchContract extends StoreUnderTest {
  /** An arc cosine near zero turns a float's rounding into some 0.0005. */
  Offset<Float> ROUNDING = within(2e-3f);

  /** Share of the true nearest that a search by the graph has to find in a small store. */
  double RECALL_FLOOR = 0.95;

  @ParameterizedTest
  @EnumSource
  default void storeIsEmpty_answerIsEmpty(Method method) {
    var result = search(vector(1), method, SearchOptions.nearest(10));

    assertThat(result.neighbors()).isEmpty();
    assertThat(result.answered()).isPositive().isEqualTo(result.asked());
  }

  @ParameterizedTest
  @EnumSource
  default void acknowledgedWrite_isFoundByTheVeryNextSearch(Method method) {
    for (int i = 0; i < 20; i++) {
      apply(new Mutation.Insert(id(i), vector(i), WriteTime.UNSTAMPED));

      var hits = search(vector(i), method, SearchOptions.nearest(20)).neighbors();

      var head = shown(id(i), vector(i)).head();
      assertThat(hits).hasSize(i + 1).extracting(Neighbor::head).contains(head);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void removedId_isNeverFound(Method method) {
    insertMany(10);
    apply(new Mutation.Remove(id(3), WriteTime.UNSTAMPED));

    var hits = search(vector(3), method, SearchOptions.nearest(20)).neighbors();

    assertThat(hits).hasSize(9).extracting(Neighbor::id).doesNotContain(id(3));
  }

  @ParameterizedTest
  @EnumSource
  default void updatedId_isFoundOnceAndAtItsNewPlaceOnly(Method method) {
    insertMany(10);
    apply(new Mutation.Update(id(3), vector(33), WriteTime.UNSTAMPED));

    var hits = search(vector(3), method, SearchOptions.nearest(20)).neighbors();

    assertThat(hits)
        .hasSize(10)
        .filteredOn(hit -> hit.id().equals(id(3)))
        .singleElement()
        .satisfies(
            hit -> assertThat(hit.distance()).isCloseTo(distance(vector(3), vector(33)), ROUNDING));
  }

  @ParameterizedTest
  @EnumSource
  default void writeIsRevoked_theOldVectorIsFoundAgain(Method method) {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var update = new Mutation.Update(ID, vector(2), peer.now());
    var other = new Mutation.Insert(id(9), vector(9), peer.now());
    List.of(insert, update, other).forEach(this::apply);

    revoke(ID, update.time().stamp());
    revoke(id(9), other.time().stamp());

    var hits = search(vector(1), method, SearchOptions.nearest(5)).neighbors();
    assertThat(hits).extracting(Neighbor::head).containsExactly(insert.version().head());
    assertThat(hits.getFirst().distance()).isCloseTo(distance(vector(1), vector(1)), ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  default void moreIsStoredThanWanted_theNearestAreAnsweredNearestFirst(Method method) {
    insertMany(30);

    var hits = search(vector(99), method, SearchOptions.nearest(7)).neighbors();

    assertThat(hits).hasSize(7).isSortedAccordingTo(Neighbor.NEAREST_FIRST);
    var exact = exactDistances(vector(99), 30);
    for (int i = 0; i < hits.size(); i++) {
      assertThat(hits.get(i).distance()).isCloseTo(exact.get(i), ROUNDING);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void moreIsWantedThanStored_allIsAnswered(Method method) {
    insertMany(5);

    var many = SearchOptions.nearest(Integer.MAX_VALUE);

    assertThat(search(vector(99), method, many).neighbors()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  default void radiusIsGiven_whatIsFartherAwayIsLeftOut(Method method) {
    insertMany(10);
    var exact = exactDistances(vector(99), 10);
    float radius = (exact.get(3) + exact.get(4)) / 2;
    assumeTrue(radius > 0, "a radius below zero means none");

    var options = new SearchOptions(10, radius, 0, 0, 0, Duration.ZERO);

    assertThat(search(vector(99), method, options).neighbors()).hasSize(4);
    var two = new SearchOptions(2, radius, 0, 0, 0, Duration.ZERO);
    assertThat(search(vector(99), method, two).neighbors()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  default void distancesAreEqual_orderIsById(Method method) {
    for (int number : new int[] {5, 2, 9, 1, 7}) {
      apply(new Mutation.Insert(id(number), vector(1), WriteTime.UNSTAMPED));
    }

    var hits = search(vector(2), method, SearchOptions.nearest(10)).neighbors();

    assertThat(hits).extracting(Neighbor::id).containsExactly(id(1), id(2), id(5), id(7), id(9));
  }

  @ParameterizedTest
  @EnumSource
  default void searchById_equalsSearchByItsVector(Method method) {
    insertMany(10);

    var options = SearchOptions.nearest(4);
    var byId =
        await(store().search(new SearchQuery(new Subject.OfId(id(6)), method, options), USER));

    assertThat(byId.neighbors()).isEqualTo(search(vector(6), method, options).neighbors());
    assertThat(byId.neighbors()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  default void searchByUnknownOrRemovedId_notFound(Method method) {
    var query = new SearchQuery(new Subject.OfId(ID), method, SearchOptions.nearest(4));
    refused(NOT_FOUND, () -> store().search(query, USER));

    apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));
    apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED));
    refused(NOT_FOUND, () -> store().search(query, USER));
  }

  /** Writes, updates and removals at random; linear is exact, the graph has its floor. */
  @Test
  default void contentIsRandom_linearIsExactAndTheGraphNearlySo() {
    var seed = Seed.next();
    var content = randomContent(new SplittableRandom(seed.value()));
    double recall = 0;
    for (int i = 0; i < 20; i++) {
      var query = vector(10_000 + i);
      var exact = nearestFirst(content, query);

      var linear = search(query, Method.LINEAR, SearchOptions.nearest(10)).neighbors();
      var graph = search(query, Method.GRAPH, SearchOptions.nearest(10)).neighbors();

      assertThat(linear).as("%s", seed).hasSize(10);
      for (int rank = 0; rank < 10; rank++) {
        assertThat(linear.get(rank).distance()).as("%s", seed).isCloseTo(exact.get(rank), ROUNDING);
      }
      var found = new HashSet<>(linear.stream().map(Neighbor::id).toList());
      found.retainAll(graph.stream().map(Neighbor::id).toList());
      recall += found.size() / 10.0 / 20;
    }
    assertThat(recall).as("recall@10, %s", seed).isGreaterThanOrEqualTo(RECALL_FLOOR);
  }

  private Map<VectorId, Vector> randomContent(SplittableRandom random) {
    var content = new TreeMap<VectorId, Vector>();
    for (int i = 0; i < 300; i++) {
      var id = id(random.nextInt(150));
      var vector = vector(1_000 + i);
      if (content.containsKey(id) && random.nextInt(3) == 0) {
        content.remove(id);
        apply(new Mutation.Remove(id, WriteTime.UNSTAMPED));
      } else {
        content.put(id, vector);
        apply(new Mutation.Upsert(id, vector, WriteTime.UNSTAMPED));
      }
    }
    return content;
  }

  private List<Float> nearestFirst(Map<VectorId, Vector> content, Vector query) {
    return content.values().stream().map(vector -> distance(query, vector)).sorted().toList();
  }

  private List<Float> exactDistances(Vector query, int count) {
    var content = new TreeMap<VectorId, Vector>();
    for (int i = 0; i < count; i++) {
      content.put(id(i), vector(i));
    }
    return nearestFirst(content, query);
  }

  private void insertMany(int count) {
    for (int i = 0; i < count; i++) {
      apply(new Mutation.Insert(id(i), vector(i), WriteTime.UNSTAMPED));
    }
  }

  private SearchResult search(Vector vector, Method method, SearchOptions options) {
    var query = new SearchQuery(new Subject.OfVector(vector), method, options);
    return await(store().search(query, USER));
  }

  private float distance(Vector a, Vector b) {
    return ExactDistance.between(space().metric(), a, b);
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
