package dev.kagami.agent.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;

/**
 * The graph of the linked slots. An {@link Insertion} adds to its {@link Rows}, a {@link Walk} goes
 * through them, at once.
 *
 * <p>One thread links; any number search, and never wait. A slot that was linked stays as a
 * stepping stone even if nobody may see it, until it is dropped.
 */
final class LiveGraph {
  private static final long SEED = 42;
  private static final int[] NO_NEIGHBORS = {};
  private static final ScoreDoc[] NO_HITS = {};

  private final Scorers scorers;
  private final Twins twins;
  private final Rows rows;

  // The linker's own.
  private final SpanningTree tree;
  private final Insertion insertion;
  private SlotSet nodes = new SlotSet();

  /** Nodes that lost names to slots that went, until that is mended. */
  private SlotSet bereft = new SlotSet();

  /** Not under way now. */
  private final Queue<Walk> walks = new ConcurrentLinkedQueue<>();

  /**
   * @param scorers for the linker
   * @param connections M of arXiv:1603.09320, section 4
   * @param beam efConstruction of the same
   */
  LiveGraph(Scorers scorers, Twins twins, int connections, int beam) {
    this.scorers = scorers;
    this.twins = twins;
    this.rows = new Rows(2 * connections);
    var edges = new Edges(rows, connections, scorers.scorer());
    this.tree = new SpanningTree(rows, edges, scorers.scorer());
    var random = new SplittableRandom(SEED);
    this.insertion = new Insertion(rows, edges, tree, scorers, beam, connections, random);
  }

  Rows rows() {
    return rows;
  }

  Twins twins() {
    return twins;
  }

  /** Takes over a graph that was saved; before anybody searches or links, or has the vectors. */
  void restore(SavedGraph saved) throws IOException {
    var restored = saved.restore(rows, twins);
    nodes = restored.nodes();
    bereft = restored.bereft();
  }

  /**
   * Goes on from the slots that are there, once their vectors are: slots that were left out may
   * have been the only way to others. Before anybody searches or links, or for the linker.
   */
  void begin() {
    nodes.forEach(twins::remember);
    tree.plant(nodes, bereft);
    bereft = new SlotSet();
  }

  /**
   * Has no row lead to {@code gone} any more, which keep their own: searches may still be there.
   * For the linker.
   */
  void drop(SlotSet gone) {
    for (int slot = 0; slot < nodes.bound(); slot++) {
      twins.drop(slot);
    }
    nodes.removeAll(gone);
    var repair = new Repair(rows, scorers.scorer(), gone);
    for (int level = rows.entry().levels() - 1; level >= 0; level--) {
      repair.mend(level, nodes);
    }
    rows.enterAmong(nodes);
    twins.forgetLinked();
    bereft = nodes;
    begin();
  }

  /**
   * Links {@code slot}, or hangs it on one with a like vector; only one thread may do so, and each
   * slot only once.
   */
  void link(int slot) {
    if (!twins.hang(slot)) {
      insertion.link(slot);
      nodes.add(slot);
    }
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
  ScoreDoc[] search(Nearness scorer, int effort, Bits visible) {
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
