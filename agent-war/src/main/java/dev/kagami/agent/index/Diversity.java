package dev.kagami.agent.index;

import java.util.Arrays;

/**
 * Chooses neighbours that lie in different directions: those that are nearer to the slot than to
 * any chosen before, algorithm 4 of arXiv:1603.09320. Edges with a {@linkplain Rows#PIN pin} are
 * always chosen. For the linker's thread only.
 */
final class Diversity {
  private static final int BLOCK = 4; // what the kernels take at once

  private final Scorer scorer;
  private final int[] block = new int[BLOCK];
  private final float[] nearness = new float[BLOCK];

  // Of the edges under consideration.
  private final Ranking ranking = new Ranking();
  private final int[] slots;
  private final int[] sorted;

  /**
   * @param most edges that are ever chosen from
   */
  Diversity(Scorer scorer, int most) {
    this.scorer = scorer;
    this.slots = new int[most];
    this.sorted = new int[most];
  }

  /**
   * Chooses among the hits of a walk around the new slot.
   *
   * @return the slots, nearest first, at most {@code most}
   */
  int[] choose(Beam hits, int most) {
    int count = 0;
    for (int at = 0; at < hits.count() && count < most; at++) {
      if (isDiverse(hits.slot(at), hits.score(at), count)) {
        slots[count++] = hits.slot(at);
      }
    }
    return Arrays.copyOf(slots, count);
  }

  /**
   * Chooses among the first {@code count} of the {@code edges} of {@code from}, and has the chosen
   * ones stand first. If few are diverse, the nearest of the others fill up.
   *
   * @param few how many are chosen in any case
   * @param most how many are chosen, at most, unless more have pins
   * @return how many were
   */
  int thin(int from, int[] edges, int count, int few, int most) {
    int pins = sort(from, edges, count);
    int chosen = 0;
    int others = 0;
    for (int at = 0; at < count; at++) {
      int edge = sorted[at];
      boolean pinned = edge != Rows.slot(edge);
      pins -= pinned ? 1 : 0;
      float score = ranking.score(at);
      if (pinned || (chosen + pins < most && isDiverse(edge, score, chosen))) {
        slots[chosen] = Rows.slot(edge);
        edges[chosen++] = edge;
      } else {
        sorted[others++] = edge;
      }
    }
    for (int at = 0; at < others && chosen < few; at++) {
      edges[chosen++] = sorted[at];
    }
    return chosen;
  }

  /**
   * Puts the edges in the order of their nearness.
   *
   * @return how many of them have pins
   */
  private int sort(int from, int[] edges, int count) {
    int pins = 0;
    for (int i = 0; i < count; i++) {
      slots[i] = Rows.slot(edges[i]);
      pins += slots[i] == edges[i] ? 0 : 1;
    }
    ranking.rank(scorer.about(from), slots, count);
    for (int i = 0; i < count; i++) {
      sorted[i] = edges[ranking.place(i)];
    }
    return pins;
  }

  /** Whether {@code slot} is farther than its score tells from all that were chosen. */
  private boolean isDiverse(int slot, float score, int chosen) {
    if (chosen == 0) {
      return true;
    }
    scorer.about(slot);
    for (int from = 0; from < chosen; from += BLOCK) {
      int count = Math.min(BLOCK, chosen - from);
      System.arraycopy(slots, from, block, 0, count);
      if (scorer.bulkScore(block, nearness, count) >= score) {
        return false;
      }
    }
    return true;
  }
}
