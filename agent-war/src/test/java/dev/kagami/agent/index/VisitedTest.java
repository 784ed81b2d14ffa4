package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisitedTest {
  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final Visited visited = new Visited();

  @Test
  void walksComeAndGo_eachMeetsASlotForTheFirstTimeOnce() {
    for (int walk = 0; walk < 1_000; walk++) {
      int slots = 1 + random.nextInt(300);
      visited.begin();
      var expected = new HashSet<Integer>();
      for (int i = 0; i < slots; i++) {
        int slot = random.nextInt(slots);
        assertThat(visited.add(slot)).as("%s, %s", slot, seed).isEqualTo(expected.add(slot));
      }
    }
  }

  @Test
  void slotsAreMetByTheRow_theNewOnesAreMovedToTheFront() {
    for (int walk = 0; walk < 300; walk++) {
      visited.begin();
      var expected = new LinkedHashSet<Integer>();
      for (int size = 0; size < 64; size++) {
        int[] row = random.ints(size, 0, 100 * (walk + 1)).toArray();
        var fresh = Arrays.stream(row).filter(expected::add).toArray();

        int count = visited.addAll(row, size);

        assertThat(Arrays.copyOf(row, count)).as("%s", seed).containsExactly(fresh);
      }
    }
  }
}
