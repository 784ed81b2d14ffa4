package dev.kagami.agent.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * The graph of the linked slots. Lucene's builder makes it, in a graph of its own that nobody else
 * reads; a {@link Walk} goes through the {@link Rows}, a copy that both may use at once.
 *
 * <p>One thread links; any number search, and never wait. A slot that was linked stays as a
 * stepping stone even if nobody may see it, until it is dropped.
 */
final class LiveGraph {
  private static final long SEED = 42;
  private static final int[] NO_NEIGHBORS = {};
  private static final double GROWTH = 0.1;
  private static final double SMALL_GROWTH = 0.001;
  private static final ScoreDoc[] NO_HITS = {};
  private static final Bits EVERYTHING = new Bits.MatchAllBits(Integer.MAX_VALUE);

  private final RandomVectorScorerSupplier scorers;
  private final int connections;
  private final int beam;
  private final Twins twins;
  private final Rows rows;

  // The linker's own, made anew when slots are dropped.
  private HnswGraphBuilder builder;
  private OnHeapHnswGraph master;
  private Connectivity connectivity;

  /** Not under way now. */
  private final Queue<Walk> walks = new ConcurrentLinkedQueue<>();

  /** What a file told of, until the builder knows it too; written before the linker runs. */
  private Optional<FixedBitSet> restored = Optional.empty();

  /** Slots in the graph when all of them were last seen to be within reach; the linker's own. */
  private int connected;

  /**
   * @param connections M of arXiv:1603.09320, section 4
   * @param beam efConstruction of the same
   */
  LiveGraph(RandomVectorScorerSupplier scorers, Twins twins, int connections, int beam) {
    this.scorers = scorers;
    this.connections = connections;
    this.beam = beam;
    this.twins = twins;
    this.rows = new Rows(2 * connections);
    begin();
  }

  private void begin() {
    try {
      builder = HnswGraphBuilder.create(scorers, connections, beam, SEED);
      master = builder.getGraph();
      connectivity = new Connectivity(master, scorers.scorer(), 2 * connections);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    connected = 0;
  }

  Rows rows() {
    return rows;
  }

  Twins twins() {
    return twins;
  }

  /** Begins with a graph that was saved, which can be searched at once. */
  void restore(SavedGraph saved) throws IOException {
    restored = Optional.of(saved.restore(rows, twins));
  }

  /** Tells the builder what was restored, if it was not told yet; for the linker. */
  void fill() {
    restored.ifPresent(this::fill);
    restored = Optional.empty();
  }

  private void fill(FixedBitSet nodes) {
    int[] row = new int[rows.width()];
    var entry = rows.entry();
    for (int slot = 0; slot < nodes.length(); slot++) {
      if (nodes.get(slot)) {
        fill(slot, row);
        twins.remember(slot);
      }
    }
    if (entry.levels() > 0) {
      master.trySetNewEntryNode(entry.slot(), entry.levels() - 1);
      connectAfter(0);
    }
  }

  /**
   * Has no row lead to {@code gone} any more, which keep their own: searches may still be there.
   * For the linker. The builder's graph cannot forget a node, and is made anew from the rows.
   */
  void drop(FixedBitSet gone) {
    var nodes = new FixedBitSet(Math.max(1, master.maxNodeId() + 1));
    for (int slot = 0; slot <= master.maxNodeId(); slot++) {
      if (master.nodeExistAtLevel(0, slot) && !(slot < gone.length() && gone.get(slot))) {
        nodes.set(slot);
      }
      twins.drop(slot);
    }
    try {
      var repair = new Repair(rows, scorers.scorer(), gone);
      for (int level = rows.entry().levels() - 1; level >= 0; level--) {
        repair.mend(level, nodes);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    rows.enterAmong(nodes);
    twins.forgetLinked();
    begin();
    fill(nodes);
  }

  /** Scores are looked up when the builder asks for them. */
  private void fill(int slot, int[] row) {
    int levels = 1;
    while (rows.isOn(levels, slot)) {
      levels++;
    }
    for (int level = levels - 1; level >= 0; level--) {
      master.addNode(level, slot);
      var neighbors = master.getNeighbors(level, slot);
      int count = rows.read(level, slot, row);
      for (int i = 0; i < count; i++) {
        neighbors.addOutOfOrder(row[i], Float.NaN);
      }
    }
  }

  /**
   * Links {@code slot}, or hangs it on one with a like vector; only one thread may do so, and each
   * slot only once.
   */
  void link(int slot) {
    if (twins.hang(slot)) {
      return;
    }
    try {
      builder.addGraphNode(slot);
      publish(slot);
      if (!connectivity.isNamed(slot)) {
        connectivity.bridge(slot, EVERYTHING, this::publishRow);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    connectAfter(GROWTH);
  }

  /** Makes sure that all is within reach; for the linker. */
  void connect() {
    connectAfter(0);
  }

  /** The same, unless so little was linked since that looking would cost more than linking. */
  void connectIfGrown() {
    connectAfter(SMALL_GROWTH);
  }

  /** A look at everything after each growth by {@code share} costs little of each link. */
  private void connectAfter(double share) {
    int size = master.size();
    if (size > connected && size - connected >= share * size) {
      try {
        int _ = connectivity.restore(this::publishRow);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      connected = size;
    }
  }

  private void publishRow(int slot) {
    rows.write(0, slot, master.getNeighbors(0, slot));
  }

  /**
   * 1. Copies the new slot's rows, which nobody can reach yet. 2. Copies its neighbours' rows: as
   * links back go only to them, no other has changed. 3. Moves the entry.
   */
  private void publish(int slot) {
    int level = 0;
    for (; master.nodeExistAtLevel(level, slot); level++) {
      rows.write(level, slot, master.getNeighbors(level, slot));
    }
    rows.complete();
    while (--level >= 0) {
      var neighbors = master.getNeighbors(level, slot);
      for (int i = 0; i < neighbors.size(); i++) {
        int neighbor = neighbors.nodes()[i];
        rows.write(level, neighbor, master.getNeighbors(level, neighbor));
      }
    }
    rows.enter(master.entryNode(), master.numLevels());
  }

  /** Where the edges of {@code slot} lead to on the lowest level; any thread may ask. */
  int[] neighbors(int slot) {
    var row = new int[rows.width()];
    return rows.has(slot) ? Arrays.copyOf(row, rows.read(0, slot, row)) : NO_NEIGHBORS;
  }

  /**
   * Walks towards what {@code scorer} prefers.
   *
   * @return the {@code effort} best that it met and {@code visible} lets pass, best first
   */
  ScoreDoc[] search(Scorer scorer, int effort, Bits visible) {
    var entry = rows.entry();
    if (entry.levels() == 0) {
      return NO_HITS;
    }
    boolean single = twins.isEmpty();
    var idle = walks.poll();
    var walk = idle == null ? new Walk(rows) : idle;
    var hits =
        walk.run(scorer, entry, effort, single ? visible : new VisibleOrTwins(visible, twins));
    walks.offer(walk);
    return single ? hits : withTwins(hits, effort, visible);
  }

  /** What hangs on the hits counts only now: a crowd of twins would end a walk halfway. */
  private ScoreDoc[] withTwins(ScoreDoc[] hits, int effort, Bits visible) {
    var all = new ArrayList<ScoreDoc>(effort);
    for (int i = 0; i < hits.length && all.size() < effort; i++) {
      var hit = hits[i];
      if (visible.get(hit.doc)) {
        all.add(hit);
      }
      twins.forEach(
          hit.doc,
          twin -> {
            if (visible.get(twin)) {
              all.add(new ScoreDoc(twin, hit.score));
            }
            return all.size() >= effort;
          });
    }
    return all.toArray(NO_HITS);
  }

  /** Who may be seen, or stands for others that may be seen. */
  private record VisibleOrTwins(Bits visible, Twins twins) implements Bits {
    @Override
    public boolean get(int slot) {
      return visible.get(slot) || twins.hasTwins(slot);
    }

    @Override
    public int length() {
      return visible.length();
    }
  }
}
