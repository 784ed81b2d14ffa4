package dev.kagami.agent.index;

import java.util.Arrays;

/**
 * Takes slots out of all rows that name them. In the place of each comes one of its own neighbours:
 * the nearest that is not nearer to a neighbour already there, as when a slot is linked. For the
 * linker's thread only; searches go on.
 */
final class Repair {
  /** Of a slot's possible new neighbours, looked at for each place. */
  private static final int CHOICE = 4;

  private final Rows rows;
  private final Scorer scorer;
  private final SlotSet gone;
  private final Visited known = new Visited();
  private final int[] row;
  private final int[] farther;
  private final float[] nearness;
  private final Ranking ranking = new Ranking();
  private int[] candidates = {};

  /**
   * @param gone the slots that go
   */
  Repair(Rows rows, Scorer scorer, SlotSet gone) {
    this.rows = rows;
    this.scorer = scorer;
    this.gone = gone;
    this.row = new int[rows.width()];
    this.farther = new int[rows.width()];
    this.nearness = new float[rows.width()];
  }

  /** Mends the rows of all slots on {@code level} that stay. */
  void mend(int level, SlotSet staying) {
    staying.forEach(slot -> {
      if (level == 0 || rows.isOn(level, slot)) {
        mend(level, slot);
      }
    });
  }

  private void mend(int level, int slot) {
    int count = rows.read(level, slot, row);
    int kept = 0;
    int found = 0;
    known.begin();
    known.add(slot);
    for (int i = 0; i < count; i++) {
      known.add(row[i]);
    }
    for (int i = 0; i < count; i++) {
      if (gone.contains(row[i])) {
        found = collect(level, row[i], found);
      } else {
        row[kept++] = row[i];
      }
    }
    if (kept < count) {
      rows.write(level, slot, row, fill(slot, kept, count, found));
    }
  }

  private int collect(int level, int through, int found) {
    int count = rows.read(level, through, farther);
    if (found + count > candidates.length) {
      candidates = Arrays.copyOf(candidates, 2 * (found + count));
    }
    int all = found;
    for (int i = 0; i < count; i++) {
      if (!gone.contains(farther[i]) && known.add(farther[i])) {
        candidates[all++] = farther[i];
      }
    }
    return all;
  }

  /**
   * @return how long the row is now, {@code most} if there were enough to choose from
   */
  private int fill(int slot, int kept, int most, int found) {
    ranking.rank(scorer.about(slot), candidates, found);
    int length = kept;
    int looks = Math.min(found, CHOICE * (most - kept));
    for (int i = 0; i < looks && length < most; i++) {
      int candidate = candidates[ranking.place(i)];
      if (isNearest(candidate, ranking.score(i), length)) {
        row[length++] = candidate;
      }
    }
    return length;
  }

  /** Whether {@code candidate}, by its score, is nearer to the slot than to all in the row. */
  private boolean isNearest(int candidate, float score, int length) {
    scorer.about(candidate);
    return length == 0 || scorer.bulkScore(row, nearness, length) < score;
  }
}
