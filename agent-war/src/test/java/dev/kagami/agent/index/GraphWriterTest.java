package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.checkpoint.GraphFiles;
import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.core.Seed;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a graph is after it was written and read again. */
class GraphWriterTest {
  private static final VectorSpace SPACE = new VectorSpace(8, Metric.L2);
  private static final int SLOTS = 4_000;
  private static final int CONNECTIONS = 6;
  private static final int FEW = 4;

  @TempDir private Path folder;

  private final Seed seed = Seed.next();
  private final VectorChunks chunks = chunks();
  private final Origins origins = new Origins();
  private final LiveGraph graph = graph(chunks);

  /** The origins of the slots after a restart. */
  private long[] kept = {};

  @BeforeEach
  void link() {
    var random = new Random(seed.value());
    for (int slot = 0; slot < SLOTS; slot++) {
      var vector = new float[SPACE.dimension()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      chunks.put(slot, Vector.adopt(vector));
      origins.put(slot, slot + 1);
      graph.link(slot);
    }
  }

  @Test
  void nothingWent_rowsAreAsTheyWere() throws Exception {
    var again = restored(new SlotSet(), _ -> true);

    for (int slot = 0; slot < SLOTS; slot++) {
      assertThat(again.neighbors(slot)).as("%d of %s", slot, seed).isEqualTo(graph.neighbors(slot));
    }
  }

  @Test
  void slotsWaitedWhenItBegan_theyAreLeftOut() throws Exception {
    var waiting = new SlotSet();
    IntStream.range(SLOTS - 300, SLOTS).forEach(waiting::add);

    var again = restored(waiting, _ -> true);

    assertThat(again.neighbors(SLOTS - 301)).isNotEmpty();
    for (int slot = SLOTS - 300; slot < SLOTS; slot++) {
      assertThat(again.neighbors(slot)).as("%d of %s", slot, seed).isEmpty();
    }
  }

  @Test
  void someWent_hardlyAnyOfTheOthersIsNamedByFewerThanBefore() throws Exception {
    int[] before = named(graph);

    var again = restored(new SlotSet(), slot -> slot % 3 != 0);

    int[] after = named(again);
    long fewer =
        IntStream.range(0, kept.length)
            .filter(slot -> after[slot] < Math.min(FEW, before[(int) kept[slot] - 1]))
            .count();
    assertThat(fewer).as("of %d with %s", kept.length, seed).isLessThan(kept.length / 200);
  }

  /** How many rows name each slot. */
  private static int[] named(LiveGraph graph) {
    int[] named = new int[SLOTS];
    IntStream.range(0, SLOTS)
        .flatMap(slot -> Arrays.stream(graph.neighbors(slot)))
        .forEach(neighbor -> named[neighbor]++);
    return named;
  }

  /** The graph after a restart that finds those slots of which {@code there} says so. */
  private LiveGraph restored(SlotSet waiting, IntPredicate there) throws IOException {
    var files = files();
    try (var file = files.write("graph")) {
      GraphWriter.write(graph.rows(), graph.twins(), origins, SLOTS, waiting, file);
      file.finish();
    }
    long[] alive = IntStream.range(0, SLOTS).filter(there).mapToLong(slot -> slot + 1).toArray();
    var left = chunks();
    var again = graph(left);
    try (var saved = SavedGraph.open(files.read("graph"), alive, 2 * CONNECTIONS)) {
      kept = saved.kept();
      for (int slot = 0; slot < kept.length; slot++) {
        left.put(slot, chunks.vector((int) kept[slot] - 1));
      }
      again.restore(saved);
    }
    again.begin();
    return again;
  }

  private GraphFiles files() {
    try (var checkpoints = new LuceneCheckpoints(folder, SPACE)) {
      return checkpoints.graphs();
    }
  }

  private static VectorChunks chunks() {
    return new VectorChunks(SPACE.dimension(), Metric.L2, new ScalarKernels().lanes());
  }

  private static LiveGraph graph(VectorChunks chunks) {
    var distances = new Distances(Metric.L2, chunks, new ScalarKernels());
    return new LiveGraph(
        distances, new Twins(new Likeness(chunks, false), _ -> true), CONNECTIONS, 40);
  }
}
