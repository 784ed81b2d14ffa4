package dev.kagami.agent.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.lucene.search.ScoreDoc;

/**
 * Scores anew, by the vectors themselves, what a walk by rough scores has found. How far rough
 * scores may be off is seen from those that are compared in any case.
 */
final class Rescoring {
  /** A rough score may be off by so much of the range of all hits' scores, at most. */
  private static final float MOST_OF_RANGE = 1 / 8f;

  private final Nearness exact;
  private final ScoreDoc[] hits;
  private final float[] scores;

  private Rescoring(ScoreDoc[] hits, Nearness exact) {
    this.exact = exact;
    this.hits = hits;
    this.scores = new float[hits.length];
  }

  /**
   * 1. Scores {@code sure} hits anew. 2. Goes on with those that may still belong to the best
   * {@code num}. 3. Sorts them.
   *
   * @param hits of the walk, best first; they get their new scores
   * @param beam how many the walk kept, at most
   * @return those that have new scores, best first; empty if the walk could not tell its hits apart
   */
  static Optional<ScoreDoc[]> of(ScoreDoc[] hits, Nearness exact, int num, int sure, int beam) {
    return new Rescoring(hits, exact).best(num, Math.min(sure, hits.length), beam);
  }

  private Optional<ScoreDoc[]> best(int num, int sure, int beam) {
    if (hits.length == 0) {
      return Optional.of(hits);
    }
    float range = hits[0].score - hits[hits.length - 1].score;
    float off = rescore(0, sure);
    if (!tellsApart(hits.length, beam, off, range)) {
      return Optional.empty();
    }
    float bar = bar(num, sure) - 2 * off;
    int end = sure;
    while (end < hits.length && hits[end].score >= bar) {
      end++;
    }
    rescore(sure, end);
    var rescored = Arrays.copyOf(hits, end);
    for (int i = 0; i < end; i++) {
      rescored[i].score = scores[i];
    }
    Arrays.sort(rescored, Comparator.comparingDouble(hit -> -hit.score));
    return Optional.of(rescored);
  }

  /**
   * Whether scores of hits tell which they are: always, if there was room for more.
   *
   * @param count how many hits there are
   * @param beam how many the walk kept, at most
   * @param off how far they are off, at most
   * @param range how far apart the best and the last are
   */
  static boolean tellsApart(int count, int beam, float off, float range) {
    return count < beam || off <= MOST_OF_RANGE * range;
  }

  /**
   * @return the most that a rough score of {@code [from, end)} is off
   */
  private float rescore(int from, int end) {
    var slots = new int[end - from];
    var found = new float[end - from];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = hits[from + i].doc;
    }
    float _ = exact.bulkScore(slots, found, slots.length);
    System.arraycopy(found, 0, scores, from, found.length);
    float off = 0;
    for (int i = from; i < end; i++) {
      off = Math.max(off, Math.abs(scores[i] - hits[i].score));
    }
    return off;
  }

  /** The {@code num}-th best of the first {@code count} new scores. */
  private float bar(int num, int count) {
    var sorted = Arrays.copyOf(scores, count);
    Arrays.sort(sorted);
    return count < num ? Float.NEGATIVE_INFINITY : sorted[count - num];
  }
}
