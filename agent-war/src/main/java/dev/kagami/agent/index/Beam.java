package dev.kagami.agent.index;

import java.util.Arrays;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.NumericUtils;
import org.apache.lucene.util.hnsw.NeighborQueue;

/**
 * What one walk has found: the best hits so far, best first, and where it may go on. Hits are
 * places to go on from as well, so one sorted array does for both; places that are no hits lie
 * beside. Reused from walk to walk. Not thread-safe.
 */
final class Beam {
  /** There is nowhere left to go. */
  static final int NONE = -1;

  private static final int FIRST_SIZE = 256;

  /** High half: the score, in the order of ints. Low half: the slot, its top bit: was left. */
  private long[] hits = new long[FIRST_SIZE];

  private static final long LEFT = 1L << 31;
  private static final long SLOT = LEFT - 1;

  private int width;
  private int count;

  /** All hits before it were left. */
  private int next;

  private final NeighborQueue others = new NeighborQueue(FIRST_SIZE, true);

  /** Forgets all, and keeps {@code width} hits from now on. */
  void begin(int width) {
    this.width = width;
    count = 0;
    next = 0;
    others.clear();
    if (hits.length < width + 1) {
      hits = new long[width + 1];
    }
  }

  /** Only what scores higher is of use. */
  float bar() {
    return count == width ? score(count - 1) : Float.NEGATIVE_INFINITY;
  }

  /** Takes a hit that scores above the {@link #bar}. */
  void offer(int slot, float score) {
    long entry = entry(slot, score);
    int at = place(entry);
    int last = Math.min(count, width - 1);
    System.arraycopy(hits, at, hits, at + 1, last - at);
    hits[at] = entry;
    count = last + 1;
    next = Math.min(next, at);
  }

  private static long entry(int slot, float score) {
    return ((long) NumericUtils.floatToSortableInt(score) << Integer.SIZE) | slot;
  }

  /** Takes a place to go on from that is no hit. */
  void offerOther(int slot, float score) {
    others.add(slot, score);
  }

  /** The first place whose score is lower. */
  private int place(long entry) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hits[middle] >> Integer.SIZE >= entry >> Integer.SIZE) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Leaves for the best slot not left yet, or answers {@link #NONE}: no other can lead to more. */
  int leave() {
    while (next < count && (hits[next] & LEFT) != 0) {
      next++;
    }
    if (others.size() > 0 && others.topScore() >= (next < count ? score(next) : bar())) {
      return others.pop();
    }
    if (next == count) {
      return NONE;
    }
    hits[next] |= LEFT;
    return slot(next++);
  }

  /** How many hits there are. */
  int count() {
    return count;
  }

  /** The hit that is the {@code at}-th best, from 0. */
  int slot(int at) {
    return (int) (hits[at] & SLOT);
  }

  /** Its score. */
  float score(int at) {
    return NumericUtils.sortableIntToFloat((int) (hits[at] >> Integer.SIZE));
  }

  /**
   * Scores all hits anew and sorts them, at the end of a walk.
   *
   * @return whether their scores before were good enough to find them
   */
  boolean rescore(Nearness exact) {
    if (count == 0) {
      return true;
    }
    var slots = new int[count];
    Arrays.setAll(slots, this::slot);
    var scores = new float[count];
    float _ = exact.bulkScore(slots, scores, count);
    float range = score(0) - score(count - 1);
    float off = 0;
    for (int at = 0; at < count; at++) {
      off = Math.max(off, Math.abs(scores[at] - score(at)));
      hits[at] = entry(slots[at], scores[at]);
    }
    Arrays.sort(hits, 0, count);
    reverse();
    return Rescoring.tellsApart(count, width, off, range);
  }

  private void reverse() {
    for (int low = 0, high = count - 1; low < high; low++, high--) {
      long entry = hits[low];
      hits[low] = hits[high];
      hits[high] = entry;
    }
  }

  /** The hits, best first. */
  ScoreDoc[] hits() {
    var all = new ScoreDoc[count];
    Arrays.setAll(all, at -> new ScoreDoc(slot(at), score(at)));
    return all;
  }
}
