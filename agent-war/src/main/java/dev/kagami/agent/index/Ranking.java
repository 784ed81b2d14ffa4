package dev.kagami.agent.index;

import java.util.Arrays;
import org.apache.lucene.util.NumericUtils;

/** Slots in the order of their nearness. Reused from ranking to ranking. Not thread-safe. */
final class Ranking {
  private float[] scores = {};

  /** A score, nearest first, above the place of what has it. */
  private long[] order = {};

  /** Ranks the first {@code count} of {@code slots} by what {@code scorer} is about. */
  void rank(Scorer scorer, int[] slots, int count) {
    if (count > scores.length) {
      scores = new float[2 * count];
      order = new long[2 * count];
    }
    float _ = scorer.bulkScore(slots, scores, count);
    for (int i = 0; i < count; i++) {
      order[i] = ((long) ~NumericUtils.floatToSortableInt(scores[i]) << Integer.SIZE) | i;
    }
    Arrays.sort(order, 0, count);
  }

  /** Which of the slots, by its place among them, is the {@code rank}-th nearest, from 0. */
  int place(int rank) {
    return (int) order[rank];
  }

  /** Its score. */
  float score(int rank) {
    return scores[place(rank)];
  }
}
