package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Random;
import org.apache.lucene.util.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is linked gets out of reach. */
class SpanningTreeTest {
  private static final int SLOTS = 6_000;
  private static final int CONNECTIONS = 4;
  private static final Bits ALL = new Bits.MatchAllBits(Integer.MAX_VALUE);

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final VectorChunks chunks = new VectorChunks(3, Metric.L2, new ScalarKernels().lanes());
  private final Distances distances = new Distances(Metric.L2, chunks, new ScalarKernels());
  private final Twins twins = new Twins(new Likeness(chunks, false), _ -> true);
  private final LiveGraph graph = new LiveGraph(distances, twins, CONNECTIONS, 20);
  private final int[] row = new int[2 * CONNECTIONS];

  /** As close as floats allow, so that none of a heap is farther from the others than any. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50, 1_000})
  void heapsOfVectorsAreLinked_rowsLeadToAllAllTheTime(int heaps) {
    for (int slot = 0; slot < SLOTS; slot++) {
      chunks.put(slot, inHeap(slot % heaps, slot));

      graph.link(slot);

      if (slot % 500 == 0 || slot == SLOTS - 1) {
        assertThat(reached(graph.rows())).as("by rows, %s", seed).isEqualTo(slot + 1);
      }
    }
    var all = graph.search(distances.scorer(Vector.of(0, 0, 0)), SLOTS, ALL);
    assertThat(all).as("by a search, %s", seed).hasSize(SLOTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 50, 1_000})
  void halfOfThemIsDropped_rowsLeadToTheOthers(int heaps) {
    for (int slot = 0; slot < SLOTS; slot++) {
      chunks.put(slot, inHeap(slot % heaps, slot));
      graph.link(slot);
    }
    var gone = new SlotSet();
    random.ints(SLOTS / 2, 0, SLOTS).forEach(gone::add);

    graph.drop(gone);

    assertThat(reached(graph.rows())).as("%s", seed).isEqualTo(SLOTS - gone.count());
    for (int slot = SLOTS; slot < 2 * SLOTS; slot++) {
      chunks.put(slot, inHeap(slot % heaps, slot));
      graph.link(slot);
    }
    int there = 2 * SLOTS - gone.count();
    assertThat(reached(graph.rows())).as("%s", seed).isEqualTo(there);
  }

  @Test
  void allAreDropped_whatComesNextIsTheRoot() {
    chunks.put(0, Vector.of(1, 1, 1));
    graph.link(0);
    var gone = new SlotSet();
    gone.add(0);
    graph.drop(gone);

    chunks.put(1, Vector.of(2, 2, 2));
    graph.link(1);

    assertThat(graph.rows().root()).isEqualTo(1);
    assertThat(graph.search(distances.scorer(Vector.of(1, 1, 1)), 3, ALL))
        .extracting(hit -> hit.doc)
        .containsExactly(1);
  }

  /** Rows as a file may tell them: in pieces, of which none leads to another. */
  @Test
  void rowsAreInPieces_theyAreBridged() {
    var rows = new Rows(2 * CONNECTIONS);
    var nodes = new SlotSet();
    for (int slot = 0; slot < SLOTS; slot++) {
      chunks.put(slot, inHeap(slot % 50, slot));
      int[] next = {(slot + 50) % SLOTS};
      rows.write(0, slot, next, 1);
      nodes.add(slot);
    }
    rows.enter(7, 1);
    assertThat(reached(rows)).as("before, %s", seed).isEqualTo(SLOTS / 50);
    var edges = new Edges(rows, CONNECTIONS, distances.scorer());

    new SpanningTree(rows, edges, distances.scorer()).plant(nodes, nodes);

    assertThat(reached(rows)).as("after, %s", seed).isEqualTo(SLOTS);
  }

  /** No two are equal. */
  private Vector inHeap(int heap, int number) {
    float noise = random.nextInt(8) * 0x1p-23f;
    return Vector.of(heap + noise, (heap * 31) % 17 + noise, number * 0x1p-36f);
  }

  private int reached(Rows rows) {
    var reached = new BitSet();
    var waiting = new ArrayDeque<Integer>();
    waiting.add(rows.root());
    reached.set(rows.root());
    while (!waiting.isEmpty()) {
      int count = rows.read(0, waiting.remove(), row);
      for (int i = 0; i < count; i++) {
        if (!reached.get(row[i])) {
          reached.set(row[i]);
          waiting.add(row[i]);
        }
      }
    }
    return reached.cardinality();
  }
}
