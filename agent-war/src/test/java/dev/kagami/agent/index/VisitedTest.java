package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitedTest {
  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final Visited visited = new Visited();

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void walksComeAndGo_eachMeetsASlotForTheFirstTimeOnce(int hits) {
    for (int slots : new int[] {10, 20_000, 1_000, 300_000, 3}) {
      visited.begin(hits);
      var expected = new HashSet<Integer>();
      for (int i = 0; i < slots; i++) {
        int slot = random.nextInt(slots);
        assertThat(visited.add(slot)).as("%s, %s", slot, seed).isEqualTo(expected.add(slot));
      }
      assertThat(visited.add(Integer.MAX_VALUE - 1)).isTrue();
      assertThat(visited.add(Integer.MAX_VALUE - 1)).isFalse();
    }
  }
}
