package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots();

  @Test
  void slotsAreGivenBack_theyAreTakenBeforeNewOnes() {
    slots.restore(100);
    IntStream.range(0, 70).forEach(slots::free);

    int[] taken = IntStream.range(0, 71).map(_ -> slots.take()).sorted().toArray();

    assertThat(taken).startsWith(0, 1, 2).endsWith(69, 100).doesNotHaveDuplicates();
    assertThat(slots.ever()).isEqualTo(101);
  }
}
