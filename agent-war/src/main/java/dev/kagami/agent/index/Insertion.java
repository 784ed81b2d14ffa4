package dev.kagami.agent.index;

import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.lucene.util.Bits;

/**
 * Links new slots: algorithm 1 of arXiv:1603.09320. On each of its levels a slot gets edges to the
 * most diverse of those near it, and each of them one back. For the linker's thread only; searches
 * go on meanwhile.
 */
final class Insertion {
  private static final Bits EVERYTHING = new Bits.MatchAllBits(Integer.MAX_VALUE);
  private static final int[] NOBODY = {};

  private final Rows rows;
  private final Edges edges;
  private final SpanningTree tree;
  private final Scorers scorers;
  private final Scorer scorer;
  private final Walk walk;
  private final int beam;
  private final double perLevel;
  private final SplittableRandom random;

  /**
   * @param beam efConstruction of the paper
   * @param connections M of the paper: one of so many slots is on the next level too
   */
  Insertion(
      Rows rows,
      Edges edges,
      SpanningTree tree,
      Scorers scorers,
      int beam,
      int connections,
      SplittableRandom random) {
    this.rows = rows;
    this.edges = edges;
    this.tree = tree;
    this.scorers = scorers;
    this.scorer = scorers.scorer();
    this.walk = new Walk(rows);
    this.beam = beam;
    this.perLevel = Math.log(connections);
    this.random = random;
  }

  /**
   * 1. Chooses neighbours on each level, from the highest on. 2. Writes the slot's own rows, which
   * nobody can reach yet. 3. Has its neighbours name it. 4. Moves the entry if it is the highest.
   */
  void link(int slot) {
    int levels = 1 + (int) (-Math.log(1 - random.nextDouble()) / perLevel);
    int[][] neighbors = neighbors(slot, levels);
    for (int level = 0; level < levels; level++) {
      rows.write(level, slot, neighbors[level], neighbors[level].length);
    }
    rows.complete();
    int parent = tree.add(slot, walk.hits()); // those of the lowest level, where it ended
    for (int level = levels - 1; level >= 0; level--) {
      for (int neighbor : neighbors[level]) {
        if (level > 0 || neighbor != parent) {
          edges.add(level, neighbor, slot);
        }
      }
    }
    if (levels > rows.entry().levels()) {
      rows.enter(slot, levels);
    }
  }

  private int[][] neighbors(int slot, int levels) {
    var entry = rows.entry();
    var neighbors = new int[levels][];
    for (int level = levels - 1; level >= entry.levels(); level--) {
      neighbors[level] = NOBODY;
    }
    var rough = scorers.rough(scorer.about(slot));
    int near = walk.descend(rough.orElse(scorer), entry, levels);
    for (int level = Math.min(levels, entry.levels()) - 1; level >= 0; level--) {
      var hits = hits(rough, level, near);
      neighbors[level] = edges.choose(hits, level);
      near = hits.slot(0);
    }
    return neighbors;
  }

  /** By rough scores and then anew, or by exact ones if those cannot tell. */
  private Beam hits(Optional<Nearness> rough, int level, int near) {
    return rough
        .map(nearness -> walk.around(nearness, level, near, near, beam, EVERYTHING))
        .filter(hits -> hits.rescore(scorer))
        .orElseGet(() -> walk.around(scorer, level, near, near, beam, EVERYTHING));
  }
}
