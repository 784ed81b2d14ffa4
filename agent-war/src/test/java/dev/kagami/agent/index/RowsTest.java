package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final int WIDTH = 8;
  private static final int SLOTS = 20_000;

  private final Seed seed = Seed.next();
  private final Rows rows = new Rows(WIDTH);

  @Test
  void nothingIsWritten_thereIsNoEntry() {
    assertThat(rows.entry().levels()).isZero();
  }

  @Test
  void rowIsWrittenAgain_theNewOneIsRead() {
    write(0, 5, 1, 2, 3);
    write(0, 6, 9);
    assertThat(read(0, 5)).containsExactly(1, 2, 3);

    write(0, 5, 1, 2, 3, 4, 6, 7, 8, 9);
    assertThat(read(0, 5)).containsExactly(1, 2, 3, 4, 6, 7, 8, 9);

    write(0, 5, 4);
    assertThat(read(0, 5)).containsExactly(4);
    assertThat(read(0, 6)).containsExactly(9);
    assertThat(read(0, 7)).as("never written").isEmpty();
  }

  @Test
  void edgeHasAPin_onlyTheWriterSeesIt() {
    write(0, 5, 1, 2 | Rows.PIN, 3);

    assertThat(read(0, 5)).containsExactly(1, 2, 3);
    var edges = new int[WIDTH];
    assertThat(rows.readEdges(5, edges)).isEqualTo(3);
    assertThat(edges).startsWith(1, 2 | Rows.PIN, 3);
  }

  @Test
  void upperLevelGrows_allItsRowsAreKept() {
    for (int i = 1; i <= 1_000; i++) {
      write(1, i * 64, i);
    }
    write(1, 64, 7, 8);
    write(2, 64, 9);

    for (int i = 2; i <= 1_000; i++) {
      assertThat(read(1, i * 64)).containsExactly(i);
    }
    assertThat(read(1, 64)).containsExactly(7, 8);
    assertThat(read(2, 64)).containsExactly(9);
    assertThat(read(1, 65)).isEmpty();
  }

  /** A slot's first row names the slot before it, so a walk down from a named slot never ends. */
  @Test
  void rowsAreReadWhileTheyAreWritten_whatTheyNameIsComplete() throws Exception {
    write(0, 0, 0);
    rows.enter(0, 1);
    try (var threads =
        Executors.newFixedThreadPool(3, Thread.ofPlatform().name("rows-", 0).factory())) {
      List<Future<Void>> work = new ArrayList<>();
      work.add(threads.submit(this::writeAll));
      work.add(threads.submit(reader(new Random(seed.value()))));
      work.add(threads.submit(reader(new Random(~seed.value()))));
      for (var one : work) {
        one.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private Void writeAll() {
    var random = new Random(seed.value() + 1);
    for (int slot = 1; slot < SLOTS; slot++) {
      write(1, slot, slot - 1);
      write(0, slot, slot - 1);
      rows.complete();
      var named = random.ints(1 + random.nextInt(WIDTH - 1), 0, slot + 1).toArray();
      named[0] = slot;
      write(0, 0, named); // slot 0 names random ones, the newest first
      rows.enter(0, 1);
    }
    return null;
  }

  private Callable<Void> reader(Random random) {
    return () -> {
      var row = new int[WIDTH];
      int newest = 0;
      while (newest < SLOTS - 1) {
        int count = rows.read(0, 0, row);
        assertThat(count).isPositive();
        int slot = row[random.nextInt(count)];
        newest = Math.max(newest, row[0]);
        if (slot != 0) {
          int level = random.nextInt(2);
          assertThat(rows.read(level, slot, row)).as("row of %s, %s", slot, seed).isEqualTo(1);
          assertThat(row[0]).isEqualTo(slot - 1);
        }
      }
      return null;
    };
  }

  private int[] read(int level, int slot) {
    var row = new int[WIDTH];
    return Arrays.copyOf(row, rows.read(level, slot, row));
  }

  private void write(int level, int slot, int... edges) {
    rows.write(level, slot, edges, edges.length);
  }
}
