package dev.kagami.core.placement;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPlacementTest {
  private static final List<String> FIVE =
      List.of("agent-1", "agent-2", "agent-3", "agent-4", "agent-5");
  private static final List<VectorId> IDS =
      IntStream.range(0, 10_000).mapToObj(i -> new VectorId("id-" + i)).toList();

  /**
   * Worked out apart from our code, with the reference XXH64: another order would move the vectors
   * of every cluster there is.
   */
  @ParameterizedTest
  @CsvSource({
    "a, 42531",
    "b, 21453",
    "id-1, 42153",
    "id-2, 41253",
    "id-3, 35241",
    "\u00e9\ud83d\ude80, 24153"
  })
  void orderOfAnId_neverChanges(String id, String numbers) {
    var expected = numbers.chars().mapToObj(digit -> "agent-" + (char) digit).toList();

    assertThat(new ReplicaPlacement(FIVE, 2).order(new VectorId(id))).isEqualTo(expected);
  }

  @Test
  void holders_areTheFirstOfTheOrder() {
    for (int replicas = 1; replicas <= FIVE.size(); replicas++) {
      var placement = new ReplicaPlacement(FIVE, replicas);

      for (var id : IDS.subList(0, 100)) {
        assertThat(placement.holders(id)).isEqualTo(placement.order(id).subList(0, replicas));
        assertThat(placement.order(id)).containsExactlyInAnyOrderElementsOf(FIVE);
      }
    }
  }

  @Test
  void manyIds_areSharedOutEvenly() {
    var placement = new ReplicaPlacement(FIVE, 2);

    var copies =
        IDS.stream()
            .flatMap(id -> placement.holders(id).stream())
            .collect(groupingBy(Function.identity(), counting()));
    var firsts =
        IDS.stream().collect(groupingBy(id -> placement.holders(id).getFirst(), counting()));

    assertThat(copies).containsOnlyKeys(FIVE);
    assertThat(copies.values())
        .allSatisfy(n -> assertThat(n).isCloseTo(4_000L, withinPercentage(5)));
    assertThat(firsts.values())
        .allSatisfy(n -> assertThat(n).isCloseTo(2_000L, withinPercentage(7)));
  }

  @Test
  void agentComes_itTakesItsShareAndNothingElseMoves() {
    var more = new ArrayList<>(FIVE);
    more.add("agent-6");
    var before = new ReplicaPlacement(FIVE, 2);
    var after = new ReplicaPlacement(more, 2);

    int moved = 0;
    for (var id : IDS) {
      var others = new ArrayList<>(after.order(id));
      others.remove("agent-6");
      assertThat(others).isEqualTo(before.order(id));
      moved += after.holders(id).contains("agent-6") ? 1 : 0;
    }

    assertThat(moved).isCloseTo(10_000 * 2 / 6, withinPercentage(5));
  }

  @Test
  void agentGoes_onlyItsCopiesMoveToTheNextInOrder() {
    var fewer = FIVE.subList(0, 4);
    var before = new ReplicaPlacement(FIVE, 2);
    var after = new ReplicaPlacement(fewer, 2);

    for (var id : IDS) {
      var others = new ArrayList<>(before.order(id));
      others.remove("agent-5");
      assertThat(after.order(id)).isEqualTo(others);
      if (!before.holders(id).contains("agent-5")) {
        assertThat(after.holders(id)).isEqualTo(before.holders(id));
      }
    }
  }

  @Test
  void agentsAreNamedInAnotherOrder_nothingMoves() {
    var reversed = new ArrayList<>(FIVE);
    Collections.reverse(reversed);
    var placement = new ReplicaPlacement(FIVE, 3);
    var same = new ReplicaPlacement(reversed, 3);

    assertThat(IDS.subList(0, 1_000))
        .allSatisfy(id -> assertThat(same.holders(id)).isEqualTo(placement.holders(id)));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "-1, 3", "4, 3", "1, 0"})
  void replicasCannotBe_refusedNamingTheRange(int replicas, int agents) {
    assertThatThrownBy(() -> new ReplicaPlacement(FIVE.subList(0, agents), replicas))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicas is " + replicas)
        .hasMessageContaining(agents + " agents");
  }
}
