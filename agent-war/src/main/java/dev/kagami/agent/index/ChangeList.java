package dev.kagami.agent.index;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/**
 * Which id changed last at which number of the log, by number. An id's older entry is emptied when
 * a newer one is added, or the id is forgotten; when half are empty, they are taken out.
 *
 * <p>One writer, under the store's write lock; any number of readers.
 */
final class ChangeList {
  private static final int FIRST = 1024;

  /** Where to look for an id. */
  record Entry(long seq, VectorId id) {}

  private final StampedLock lock = new StampedLock();

  // Guarded by the lock.
  private long[] seqs = new long[FIRST];
  private VectorId[] ids = new VectorId[FIRST];
  private int end;
  private int empty;

  /** Begins with the last change of each of {@code lineages}, in any order, before there is any. */
  void begin(List<Lineage> lineages) {
    long stamp = lock.writeLock();
    try {
      end = lineages.size();
      seqs = Arrays.copyOf(sortedChanges(lineages), Math.max(FIRST, end));
      ids = new VectorId[seqs.length];
      for (var lineage : lineages) {
        ids[position(lineage.changeSeq())] = lineage.id();
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private static long[] sortedChanges(List<Lineage> lineages) {
    return lineages.stream().mapToLong(Lineage::changeSeq).sorted().toArray();
  }

  /**
   * Notes that {@code id} changed at {@code seq}, which is greater than all before.
   *
   * @param before the number of its last change, 0 if there was none
   */
  void add(VectorId id, long before, long seq) {
    long stamp = lock.writeLock();
    try {
      makeEmpty(before);
      if (end == seqs.length) {
        makeRoom();
      }
      seqs[end] = seq;
      ids[end++] = id;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Forgets the id whose last change is number {@code seq}; 0 if it has none. */
  void remove(long seq) {
    long stamp = lock.writeLock();
    try {
      makeEmpty(seq);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void makeEmpty(long seq) {
    if (seq > 0) {
      ids[position(seq)] = null;
      empty++;
    }
  }

  /** Up to {@code limit} entries with numbers in (after, upTo]. */
  List<Entry> between(long after, long upTo, int limit) {
    var found = new ArrayList<Entry>();
    long stamp = lock.readLock();
    try {
      for (int i = position(after + 1); i < end && seqs[i] <= upTo && found.size() < limit; i++) {
        if (ids[i] != null) {
          found.add(new Entry(seqs[i], ids[i]));
        }
      }
    } finally {
      lock.unlockRead(stamp);
    }
    return found;
  }

  /** The place of the first entry with {@code seq} or more. */
  private int position(long seq) {
    int found = Arrays.binarySearch(seqs, 0, end, seq);
    return found >= 0 ? found : -found - 1;
  }

  private void makeRoom() {
    int length = empty > end / 2 ? seqs.length : 2 * seqs.length;
    var newSeqs = new long[length];
    var newIds = new VectorId[length];
    int to = 0;
    for (int i = 0; i < end; i++) {
      if (ids[i] != null) {
        newSeqs[to] = seqs[i];
        newIds[to++] = ids[i];
      }
    }
    seqs = newSeqs;
    ids = newIds;
    end = to;
    empty = 0;
  }
}
