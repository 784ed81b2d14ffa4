package dev.kagami.agent.index;

import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;

/**
 * One search's way through the {@link Rows}, which may grow meanwhile: algorithms 2 and 5 of
 * arXiv:1603.09320. Kept for the next search. Not thread-safe.
 */
final class Walk {
  private final Rows rows;
  private final Visited visited = new Visited();
  private final Beam beam = new Beam();
  private final int[] row;
  private final float[] scores;

  Walk(Rows rows) {
    this.rows = rows;
    this.row = new int[rows.width()];
    this.scores = new float[rows.width()];
  }

  /**
   * 1. On each upper level, goes where it is better until nothing is. 2. On the lowest, goes on
   * from the best slot that it has not left, until the best {@code effort} hits are all left. The
   * root is one of those: all slots are within its reach.
   *
   * @param entry where there is one
   * @param hits what counts as a hit; the others are but stepping stones
   * @return best first
   */
  ScoreDoc[] run(Nearness scorer, Rows.Entry entry, int effort, Bits hits) {
    return around(scorer, 0, descend(scorer, entry, 1), rows.root(), effort, hits).hits();
  }

  /**
   * Goes where it is better on each level from the highest to {@code lowest}.
   *
   * @return the best slot of {@code lowest}, the entry if there is no such level
   */
  int descend(Nearness scorer, Rows.Entry entry, int lowest) {
    int best = entry.slot();
    float score = entry.levels() > lowest ? scorer.score(best) : 0;
    for (int level = entry.levels() - 1; level >= lowest; level--) {
      for (int before = -1; before != best; ) {
        before = best;
        int count = rows.read(level, before, row);
        scorer.bulkScore(row, scores, count);
        for (int i = 0; i < count; i++) {
          if (scores[i] > score) {
            score = scores[i];
            best = row[i];
          }
        }
      }
    }
    return best;
  }

  /**
   * Goes on from two slots of {@code level}, which may be one, as in step 2 of {@link #run}.
   *
   * @return the hits, until the next walk
   */
  Beam around(Nearness scorer, int level, int start, int other, int effort, Bits hits) {
    visited.begin();
    beam.begin(effort);
    row[0] = start;
    row[1] = other;
    look(scorer, visited.addAll(row, 2), hits);
    for (int slot = beam.leave(); slot != Beam.NONE; slot = beam.leave()) {
      int count = rows.read(level, slot, row);
      look(scorer, visited.addAll(row, count), hits);
    }
    return beam;
  }

  /** What the last walk has found; it stays until the next one. */
  Beam hits() {
    return beam;
  }

  /** Compares the first {@code count} slots of the row. */
  private void look(Nearness scorer, int count, Bits hits) {
    if (count == 0 || scorer.bulkScore(row, scores, count) <= beam.bar()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (scores[i] > beam.bar()) {
        if (hits.get(row[i])) {
          beam.offer(row[i], scores[i]);
        } else {
          beam.offerOther(row[i], scores[i]);
        }
      }
    }
  }
}
