package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveGraphTest {
  private static final Bits ALL = new Bits.MatchAllBits(Integer.MAX_VALUE);

  private final VectorChunks chunks = new VectorChunks(2, Metric.L2, new ScalarKernels().lanes());
  private final Distances distances = new Distances(Metric.L2, chunks, new ScalarKernels());
  private final Twins twins = new Twins(new Likeness(chunks, false), _ -> true);

  @Test
  void nothingIsLinked_nothingIsFound() {
    assertThat(nearest(new LiveGraph(distances, twins, 4, 8), 1)).isEmpty();
  }

  @Test
  void slotsAreLinkedOneByOne_eachIsFoundAtOnce() {
    var graph = new LiveGraph(distances, twins, 4, 16);
    for (int slot = 0; slot < 500; slot++) {
      chunks.put(slot, Vector.of(slot, slot));

      graph.link(slot);

      assertThat(nearest(graph, slot)).startsWith(slot);
      assertThat(nearest(graph, slot / 2)).startsWith(slot / 2);
    }
  }

  @Test
  void slotsWereLinkedAfterTheSearchBegan_theyAreNotSteppedOn() {
    var graph = new LiveGraph(distances, twins, 4, 16);
    for (int slot = 0; slot < 100; slot++) {
      chunks.put(slot, Vector.of(slot, slot));
      graph.link(slot);
    }

    assertThat(nearest(graph, 10)).startsWith(10);
  }

  @Test
  void onlyOneFarSlotMayBeSeen_itIsFound() {
    var graph = new LiveGraph(distances, twins, 4, 16);
    for (int slot = 0; slot < 500; slot++) {
      chunks.put(slot, Vector.of(slot, slot));
      graph.link(slot);
    }
    var scorer = distances.scorer(Vector.of(0, 0));

    assertThat(graph.search(scorer, 16, only(499))).extracting(hit -> hit.doc).containsExactly(499);
  }

  private static Bits only(int visible) {
    return new Bits() {
      @Override
      public boolean get(int slot) {
        return slot == visible;
      }

      @Override
      public int length() {
        return Integer.MAX_VALUE;
      }
    };
  }

  /** A walk that waited for the linker would never end here. */
  @Test
  @Timeout(60)
  void linkerStandsStill_searchesGoOn() throws Exception {
    var scorers = new StoppableScorers();
    var graph = new LiveGraph(scorers, twins, 4, 8);
    for (int slot = 0; slot < 10; slot++) {
      chunks.put(slot, Vector.of(slot, slot));
      graph.link(slot);
    }
    chunks.put(10, Vector.of(10, 10));
    scorers.stop = true;

    try (var linker =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("linker").factory())) {
      var linking = linker.submit(() -> graph.link(10));
      scorers.stopped.await();

      assertThat(nearest(graph, 3)).startsWith(3);
      assertThat(nearest(graph, 10)).startsWith(9);

      scorers.goOn.countDown();
      linking.get(30, TimeUnit.SECONDS);
      assertThat(nearest(graph, 10)).startsWith(10);
    }
  }

  private int[] nearest(LiveGraph graph, int coordinate) {
    var scorer = distances.scorer(Vector.of(coordinate, coordinate));
    var hits = graph.search(scorer, 16, ALL);
    return Arrays.stream(hits).mapToInt((ScoreDoc hit) -> hit.doc).toArray();
  }

  /** The linker's scorers, which wait when they are told to. */
  private final class StoppableScorers implements Scorers {
    private final Kernels kernels = new ScalarKernels();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean stop;

    @Override
    public Optional<Nearness> rough(Scorer prepared) {
      return Optional.empty();
    }

    @Override
    public Scorer scorer() {
      return new Scorer(chunks) {
        @Override
        void prepare(float[] row) {}

        @Override
        float sum(float[] rows, int from) {
          waitIfToldSo();
          return kernels.squared(query, rows, from);
        }

        @Override
        void sums(Kernels.Rows rows, float[] sums, int to) {
          waitIfToldSo();
          kernels.squared(query, rows, sums, to);
        }

        @Override
        float score(float sum, int slot) {
          return -sum;
        }
      };
    }

    private void waitIfToldSo() {
      if (stop) {
        stopped.countDown();
        try {
          goOn.await();
        } catch (InterruptedException cut) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
