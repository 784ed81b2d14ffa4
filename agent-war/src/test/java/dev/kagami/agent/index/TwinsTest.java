package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TwinsTest {
  private final Seed seed = Seed.next();
  private final Set<Integer> gone = new HashSet<>();
  private final VectorChunks chunks =
      new VectorChunks(3, Metric.COSINE, new ScalarKernels().lanes());
  private final Twins twins = twins(false);
  private final Twins directions = twins(true);

  private Twins twins(boolean directed) {
    return new Twins(new Likeness(chunks, directed), slot -> !gone.contains(slot));
  }

  @Test
  void vectorsDiffer_noneHangs() {
    var random = new Random(seed.value());
    for (int slot = 0; slot < 5_000; slot++) {
      chunks.put(slot, Vector.of(random.nextFloat(), random.nextFloat(), slot));

      assertThat(twins.hang(slot)).as("%s, %s", slot, seed).isFalse();
    }
    assertThat(twins.isEmpty()).isTrue();
    for (int slot = 5_000; slot < 10_000; slot++) {
      chunks.put(slot, chunks.vector(slot - 5_000));

      assertThat(twins.hang(slot)).as("%s, %s", slot, seed).isTrue();
      assertThat(hangingOn(twins, slot - 5_000)).containsExactly(slot);
    }
  }

  @Test
  void vectorsAreEqual_allHangOnTheFirst() {
    put(Vector.of(1, 2, 3), Vector.of(0, 0, 1), Vector.of(1, 2, 3), Vector.of(-0.0f, 0, 1));
    put(4, Vector.of(1, 2, 3), Vector.of(1, 2, Math.nextUp(3f)), Vector.of(2, 4, 6));

    var hung = hang(twins, 7);

    assertThat(hung).containsExactly(2, 3, 4);
    assertThat(hangingOn(twins, 0)).containsExactly(2, 4);
    assertThat(hangingOn(twins, 1)).containsExactly(3);
    assertThat(twins.hasTwins(5)).isFalse();
  }

  @Test
  void onlyDirectionsCount_whatHasTheSameHangs() {
    var one = Vector.of(1, 2, 3);
    put(one, Vector.of(3, 6, 9), Vector.of(0.1f, 0.2f, 0.3f), Vector.of(-1, -2, -3));
    put(4, Vector.of(1, 2, 3.001f), Vector.of(1e-20f, 2e-20f, 3e-20f));

    var hung = hang(directions, 6);

    assertThat(hung).containsExactly(1, 2, 5);
    assertThat(hangingOn(directions, 0)).containsExactly(1, 2, 5);
  }

  @Test
  void itIsAskedForSome_theFirstAreTold() {
    put(Vector.of(1, 1, 1), Vector.of(1, 1, 1), Vector.of(1, 1, 1), Vector.of(1, 1, 1));
    hang(twins, 4);
    var told = new ArrayList<Integer>();

    twins.forEach(0, slot -> !told.add(slot) || told.size() == 2);

    assertThat(told).containsExactly(1, 2);
  }

  @Test
  void whatHangsIsNotNeededAnyMore_itIsForgottenInTime() {
    for (int slot = 0; slot < 10_000; slot++) {
      chunks.put(slot, Vector.of(1, 1, 1));
      twins.hang(slot);
      gone.add(slot - 1);
    }

    assertThat(hangingOn(twins, 0)).contains(9_999).hasSizeLessThan(100);
  }

  private void put(Vector... vectors) {
    put(0, vectors);
  }

  private void put(int from, Vector... vectors) {
    for (int i = 0; i < vectors.length; i++) {
      chunks.put(from + i, vectors[i]);
    }
  }

  private static List<Integer> hang(Twins twins, int count) {
    var hung = new ArrayList<Integer>();
    for (int slot = 0; slot < count; slot++) {
      if (twins.hang(slot)) {
        hung.add(slot);
      }
    }
    return hung;
  }

  private static List<Integer> hangingOn(Twins twins, int slot) {
    var all = new ArrayList<Integer>();
    twins.forEach(slot, twin -> !all.add(twin));
    return all;
  }
}
