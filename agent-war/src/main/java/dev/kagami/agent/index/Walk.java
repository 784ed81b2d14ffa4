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
   * entry is one of those: all slots are within its reach.
   *
   * @param entry where there is one
   * @param hits what counts as a hit; the others are but stepping stones
   * @return best first
   */
  ScoreDoc[] run(Scorer scorer, Rows.Entry entry, int effort, Bits hits) {
    visited.begin(effort);
    beam.begin(effort);
    row[0] = descend(scorer, entry);
    row[1] = entry.slot();
    visited.add(row[0]);
    look(scorer, visited.add(row[1]) ? 2 : 1, hits);
    for (int slot = beam.leave(); slot != Beam.NONE; slot = beam.leave()) {
      int count = rows.read(0, slot, row);
      int fresh = 0;
      for (int i = 0; i < count; i++) {
        int neighbor = row[i];
        row[fresh] = neighbor;
        fresh += visited.add(neighbor) ? 1 : 0;
      }
      look(scorer, fresh, hits);
    }
    return beam.hits();
  }

  private int descend(Scorer scorer, Rows.Entry entry) {
    int best = entry.slot();
    float score = entry.levels() > 1 ? scorer.score(best) : 0;
    for (int level = entry.levels() - 1; level > 0; level--) {
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

  /** Compares the first {@code count} slots of the row. */
  private void look(Scorer scorer, int count, Bits hits) {
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
