package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DetourTest {
  private static final int GONE = -1;

  private final Detour detour = new Detour(new int[] {0, GONE, GONE, 1, 2, GONE, 3});

  private int[] around(int slot, int room, int... neighbors) {
    int[] row = Arrays.copyOf(neighbors, room);
    return Arrays.copyOf(row, detour.around(slot, row, neighbors.length));
  }

  @Test
  void allAreThere_theyGetTheirNumbers() {
    assertThat(around(0, 4, 3, 4)).containsExactly(1, 2);
  }

  @Test
  void severalInARowAreGone_whoComesBehindThemIsNamed() {
    detour.through(1, new int[] {0, 2}, 2);
    detour.through(2, new int[] {1, 3}, 2);

    assertThat(around(0, 4, 1)).containsExactly(1);
  }

  @Test
  void goneOnesNameTheSame_itIsNamedOnce() {
    detour.through(1, new int[] {3, 4, 0}, 3);
    detour.through(2, new int[] {4, 3}, 2);

    assertThat(around(0, 4, 1, 2)).containsExactly(1, 2);
  }

  @Test
  void thereIsLittleRoom_whoWasNamedBeforeGoesFirst() {
    detour.through(1, new int[] {4, 6}, 2);

    assertThat(around(0, 2, 1, 3)).containsExactly(1, 2);
  }

  @Test
  void goneOneIsNotKnown_itIsLeftOut() {
    assertThat(around(0, 4, 5, 3)).containsExactly(1);
  }
}
