package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is linked gets out of reach. */
class ConnectivityTest {
  private static final int SLOTS = 6_000;
  private static final int CONNECTIONS = 4;
  private static final Bits ALL = new Bits.MatchAllBits(Integer.MAX_VALUE);

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final VectorChunks chunks = new VectorChunks(3, Metric.L2, new ScalarKernels().lanes());
  private final Distances distances = new Distances(Metric.L2, chunks, new ScalarKernels());

  @Test
  void graphFellIntoIslands_eachIsBridgedByOneOfItsSlots() throws IOException {
    var graph = islands(50);
    var connectivity = new Connectivity(graph, distances.scorers().scorer(), 2 * CONNECTIONS);
    assertThat(reached(graph).cardinality()).as("before, %s", seed).isLessThan(SLOTS / 2);
    Set<Integer> changed = new HashSet<>();

    int lost = connectivity.restore(changed::add);

    assertThat(lost).isPositive();
    assertThat(changed).isNotEmpty();
    assertThat(reached(graph).cardinality()).as("after, %s", seed).isEqualTo(SLOTS);
    assertThat(connectivity.restore(changed::add)).isZero();
  }

  /** As close as floats allow, so that none of a heap is farther from the others than any. */
  @ParameterizedTest
  @ValueSource(ints = {2, 50, 1_000})
  void heapsOfVectorsAreLinked_rowsLeadToAll(int heaps) {
    var twins = new Twins(new Likeness(chunks, false), _ -> true);
    var graph = new LiveGraph(distances.scorers(), twins, CONNECTIONS, 20);
    for (int slot = 0; slot < SLOTS; slot++) {
      chunks.put(slot, inHeap(slot % heaps));
      graph.link(slot);
    }

    graph.connect();

    var all = graph.search(distances.scorer(Vector.of(0, 0, 0)), SLOTS, ALL);
    assertThat(all).as("%s", seed).hasSize(SLOTS);
  }

  /** Equal vectors in a few places, linked as Lucene does. */
  private OnHeapHnswGraph islands(int places) throws IOException {
    var builder = HnswGraphBuilder.create(distances.scorers(), CONNECTIONS, 20, seed.value());
    for (int slot = 0; slot < SLOTS; slot++) {
      int place = slot / (SLOTS / places);
      chunks.put(slot, Vector.of(place, place * place, 1));
      builder.addGraphNode(slot);
    }
    return builder.getGraph();
  }

  private Vector inHeap(int heap) {
    float noise = random.nextInt(8) * 0x1p-23f;
    return Vector.of(heap + noise, (heap * 31) % 17 + noise, random.nextFloat() * 0x1p-22f);
  }

  private static BitSet reached(OnHeapHnswGraph graph) {
    var reached = new BitSet();
    var waiting = new ArrayDeque<Integer>();
    waiting.add(graph.entryNode());
    reached.set(graph.entryNode());
    while (!waiting.isEmpty()) {
      var row = graph.getNeighbors(0, waiting.remove());
      for (int i = 0; i < row.size(); i++) {
        if (!reached.get(row.nodes()[i])) {
          reached.set(row.nodes()[i]);
          waiting.add(row.nodes()[i]);
        }
      }
    }
    return reached;
  }
}
