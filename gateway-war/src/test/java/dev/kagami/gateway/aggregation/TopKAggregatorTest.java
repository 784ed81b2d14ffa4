package dev.kagami.gateway.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopKAggregatorTest {
  /** Makes zeros of both signs. */
  private static final float[] SIGNS = {1, -1};

  @Test
  void nothingIsFound_nothingIsAnswered() {
    assertThat(TopKAggregator.merge(List.of(), 5)).isEmpty();
    assertThat(TopKAggregator.merge(List.of(List.of(), List.of()), 5)).isEmpty();
  }

  @Test
  void hitsOfSeveralAgents_areMergedByDistanceThenId() {
    var one = List.of(hit("b", 1, 0.1f), hit("e", 1, 0.4f));
    var other = List.of(hit("a", 1, 0.1f), hit("c", 1, 0.2f), hit("d", 1, 0.3f));

    var merged = TopKAggregator.merge(List.of(one, other), 4);

    assertThat(merged).extracting(hit -> hit.id().value()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void replicasAnswerTheSame_idIsThereOnce() {
    var list = List.of(hit("a", 1, 0.1f), hit("b", 1, 0.2f));

    assertThat(TopKAggregator.merge(List.of(list, list, list), 5)).isEqualTo(list);
  }

  @Test
  void staleReplicaIsNearer_newestVersionWinsAtItsOwnDistance() {
    var stale = List.of(hit("a", 1, 0.1f), hit("b", 1, 0.2f));
    var fresh = List.of(hit("b", 1, 0.2f), hit("a", 2, 0.9f));

    var merged = TopKAggregator.merge(List.of(stale, fresh), 5);

    assertThat(merged).containsExactly(hit("b", 1, 0.2f), hit("a", 2, 0.9f));
    assertThat(TopKAggregator.merge(List.of(fresh, stale), 5)).isEqualTo(merged);
    assertThat(TopKAggregator.merge(List.of(stale, fresh), 1)).containsExactly(hit("b", 1, 0.2f));
  }

  @Test
  void agentsSumInOtherOrders_theSmallerDistanceOfOneVersionWins() {
    var one = List.of(hit("a", 1, Math.nextUp(0.5f)));
    var other = List.of(hit("a", 1, 0.5f));

    assertThat(TopKAggregator.merge(List.of(one, other), 5)).isEqualTo(other);
  }

  @Test
  void contentIsRandom_equalsTheModel() {
    var seed = Seed.next();
    var random = new Random(seed.value());
    for (int round = 0; round < 500; round++) {
      var lists = randomLists(random);
      int num = 1 + random.nextInt(12);
      var expected = model(lists, num);

      assertThat(TopKAggregator.merge(lists, num))
          .as("round %s, %s", round, seed)
          .isEqualTo(expected);

      Collections.shuffle(lists, random);
      assertThat(TopKAggregator.merge(lists, num))
          .as("in another order, round %s, %s", round, seed)
          .isEqualTo(expected);
    }
  }

  /** By the words of the law, with no thought of speed. */
  private static List<Neighbor> model(List<List<Neighbor>> lists, int num) {
    var all = lists.stream().flatMap(List::stream).toList();
    return all.stream()
        .map(Neighbor::id)
        .distinct()
        .map(id -> winner(all.stream().filter(hit -> hit.id().equals(id))))
        .sorted(Neighbor.NEAREST_FIRST)
        .limit(num)
        .toList();
  }

  private static Neighbor winner(Stream<Neighbor> ofOneId) {
    return ofOneId
        .sorted(
            Comparator.comparing(Neighbor::head).reversed().thenComparingDouble(Neighbor::distance))
        .findFirst()
        .orElseThrow();
  }

  /** Few ids, versions and distances, so that everything collides. */
  private static List<List<Neighbor>> randomLists(Random random) {
    var lists = new ArrayList<List<Neighbor>>();
    for (int agent = random.nextInt(6); agent > 0; agent--) {
      var list = new ArrayList<Neighbor>();
      for (int i = random.nextInt(10); i > 0; i--) {
        var id = String.valueOf((char) ('a' + random.nextInt(8)));
        list.add(
            hit(
                id,
                1 + random.nextInt(3),
                (random.nextInt(5) - 2) / 10f * SIGNS[random.nextInt(2)]));
      }
      list.sort(Neighbor.NEAREST_FIRST);
      lists.add(list);
    }
    return lists;
  }

  private static Neighbor hit(String id, int version, float distance) {
    var stamp = new Stamp(version * 1024L);
    var head =
        new Head(new VectorId(id), new Timestamp(version), stamp, Head.Kind.VECTOR, version * 31L);
    return new Neighbor(head, distance);
  }
}
