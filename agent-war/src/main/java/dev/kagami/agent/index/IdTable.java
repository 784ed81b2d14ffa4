package dev.kagami.agent.index;

import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;

/**
 * Every id's {@link Lineage}, in the order of {@link HeadCursor}: a hash table whose index is the
 * top bits of the hash and in which an entry that finds its place taken goes to a later one,
 * pushing greater entries on. So a scan from any hash on is a scan of an array.
 *
 * <p>One writer, under the store's write lock; any number of readers, who look without a lock and
 * look again with one if something moved meanwhile.
 */
final class IdTable {
  private static final int FIRST_BITS = 10;

  private final StampedLock lock = new StampedLock();

  // Both are guarded by the lock; who reads without it may see a mix and has to ask it afterwards.
  private Places places = new Places(FIRST_BITS, 1 << FIRST_BITS);
  private int size;

  /** What is kept of {@code id}. */
  Optional<Lineage> get(VectorId id) {
    long hash = id.hash();
    return read(seen -> seen.get(hash, id));
  }

  /** Up to {@code limit} lineages from {@code cursor} on, in order. */
  List<Lineage> from(HeadCursor cursor, int limit) {
    return read(seen -> seen.from(cursor, limit));
  }

  private <R> R read(Function<Places, R> look) {
    long glance = lock.tryOptimisticRead();
    var seen = places;
    if (glance != 0 && lock.validate(glance)) {
      var found = look.apply(seen);
      if (lock.validate(glance)) {
        return found;
      }
    }
    long stamp = lock.readLock();
    try {
      return look.apply(places);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Puts {@code lineage} in, or in the place of the one before. Only for the one writer. */
  void put(Lineage lineage) {
    long hash = lineage.id().hash();
    long stamp = lock.writeLock();
    try {
      if (!places.replace(hash, lineage)) {
        size++;
        makeRoom();
        while (!places.insert(hash, lineage)) {
          places = new Places(places, places.bits, 2 * places.spare());
        }
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Takes out what is kept of {@code id}, if there is something. Only for the one writer. */
  void remove(VectorId id) {
    long stamp = lock.writeLock();
    try {
      if (places.remove(id.hash(), id)) {
        size--;
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Makes room for {@code count} ids, while there is none. Only for the one writer. */
  void reserve(int count) {
    long stamp = lock.writeLock();
    try {
      int bits = FIRST_BITS;
      while (isCrowded(count, bits)) {
        bits++;
      }
      places = new Places(bits, 1 << FIRST_BITS);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void makeRoom() {
    if (isCrowded(size, places.bits)) {
      places = new Places(places, places.bits + 1, places.spare());
    }
  }

  private static boolean isCrowded(int count, int bits) {
    return count > (1 << bits) / 4 * 3;
  }

  /**
   * The array. Law: entries ascend, each stands at the place of its hash or later, and no place
   * between the two is free.
   */
  private static final class Places {
    final int bits;
    private final long[] hashes;
    private final Lineage[] lineages;

    /**
     * @param spare places behind that of the greatest hash, for what is pushed over it
     */
    Places(int bits, int spare) {
      this.bits = bits;
      this.hashes = new long[(1 << bits) + spare];
      this.lineages = new Lineage[hashes.length];
    }

    /** The entries of {@code before} at more places. */
    Places(Places before, int bits, int spare) {
      this(bits, spare);
      int next = 0;
      for (int at = 0; at < before.lineages.length; at++) {
        if (before.lineages[at] != null) {
          next = Math.max(next, place(before.hashes[at]));
          hashes[next] = before.hashes[at];
          lineages[next++] = before.lineages[at];
        }
      }
    }

    int spare() {
      return hashes.length - (1 << bits);
    }

    private int place(long hash) {
      return (int) (hash >>> (Long.SIZE - bits));
    }

    Optional<Lineage> get(long hash, VectorId id) {
      int at = find(hash, id);
      return at < lineages.length
          ? Optional.ofNullable(lineages[at]).filter(there -> there.id().equals(id))
          : Optional.empty();
    }

    List<Lineage> from(HeadCursor cursor, int limit) {
      var found = new ArrayList<Lineage>();
      for (int at = place(cursor.hash()); at < lineages.length && found.size() < limit; at++) {
        var lineage = lineages[at];
        if (lineage != null && cursor.isBefore(hashes[at], lineage.id())) {
          found.add(lineage);
        }
      }
      return found;
    }

    /** Whether the id was there. */
    boolean replace(long hash, Lineage lineage) {
      int at = find(hash, lineage.id());
      boolean known = isAt(at, lineage.id());
      if (known) {
        lineages[at] = lineage;
      }
      return known;
    }

    /** Whether there was room. */
    boolean insert(long hash, Lineage lineage) {
      int at = find(hash, lineage.id());
      int free = at;
      while (free < lineages.length && lineages[free] != null) {
        free++;
      }
      if (free == lineages.length) {
        return false;
      }
      System.arraycopy(hashes, at, hashes, at + 1, free - at);
      System.arraycopy(lineages, at, lineages, at + 1, free - at);
      hashes[at] = hash;
      lineages[at] = lineage;
      return true;
    }

    /** Whether the id was there. What had to give way to it moves back. */
    boolean remove(long hash, VectorId id) {
      int at = find(hash, id);
      if (!isAt(at, id)) {
        return false;
      }
      int end = at + 1;
      while (end < lineages.length && lineages[end] != null && place(hashes[end]) < end) {
        end++;
      }
      System.arraycopy(hashes, at + 1, hashes, at, end - at - 1);
      System.arraycopy(lineages, at + 1, lineages, at, end - at - 1);
      lineages[end - 1] = null;
      return true;
    }

    /** Where {@code id} is, or would have to be. */
    private int find(long hash, VectorId id) {
      int at = place(hash);
      while (at < lineages.length && isLess(at, hash, id)) {
        at++;
      }
      return at;
    }

    private boolean isLess(int at, long hash, VectorId id) {
      var there = lineages[at];
      if (there == null) {
        return false;
      }
      int order = Long.compareUnsigned(hashes[at], hash);
      return order < 0 || (order == 0 && there.id().compareTo(id) < 0);
    }

    private boolean isAt(int at, VectorId id) {
      return at < lineages.length && lineages[at] != null && lineages[at].id().equals(id);
    }
  }
}
