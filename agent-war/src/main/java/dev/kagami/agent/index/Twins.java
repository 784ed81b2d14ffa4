package dev.kagami.agent.index;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Slots with {@linkplain Likeness like} vectors: the first of them is linked and stands in the
 * graph for all, the others hang on it. Were they all linked, they would fill each other's rows,
 * since none is farther from the others than any, and nothing else could be reached from them. It
 * stands for them also when nobody may see it any more itself.
 *
 * <p>The linker hangs; any number read, and never wait.
 */
final class Twins {
  private static final int FIRST_SIZE = 1024;
  private static final int NONE = -1;

  /** Directions with one hash that are compared, at most; such crowds need no care. */
  private static final int MOST_COMPARED = 16;

  private final Likeness likeness;
  private final IntPredicate needed;

  /** By the slot that stands for them. */
  private final SlotMap<Group> groups = new SlotMap<>();

  // The linker's own: who is linked, by hash, open addressing.
  private int[] linked = filled(FIRST_SIZE);
  private int[] hashes = new int[FIRST_SIZE];
  private int count;

  /** The first {@code count} of {@code slots}; the places behind may be filled later. */
  private static final class Group {
    static final Group EMPTY = new Group(new int[0], 0);

    final int[] slots;
    final int count;

    Group(int[] slots, int count) {
      this.slots = slots;
      this.count = count;
    }
  }

  /**
   * @param needed whether a version still needs a slot; once it does not, it never does
   */
  Twins(Likeness likeness, IntPredicate needed) {
    this.likeness = likeness;
    this.needed = needed;
  }

  /** Whether nothing hangs anywhere. */
  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Whether something hangs on {@code slot}. */
  boolean hasTwins(int slot) {
    return groups.get(slot).orElse(Group.EMPTY).count > 0;
  }

  /** Whether one that {@code which} accepts hangs on {@code slot}. */
  boolean standsFor(int slot, IntPredicate which) {
    var group = groups.get(slot).orElse(Group.EMPTY);
    return Arrays.stream(group.slots, 0, group.count).anyMatch(which);
  }

  /** The slots that hang on {@code slot}, in order of arrival, until {@code enough} says so. */
  void forEach(int slot, IntPredicate enough) {
    var group = groups.get(slot).orElse(Group.EMPTY);
    for (int i = 0; i < group.count && !enough.test(group.slots[i]); i++) {}
  }

  /**
   * Hangs {@code slot} on a linked one like it, or remembers it as one to be linked.
   *
   * @return whether it hangs
   */
  boolean hang(int slot) {
    int hash = likeness.hash(slot);
    int compared = 0;
    int place = spread(hash);
    for (; linked[place] != NONE; place = next(place)) {
      if (hashes[place] == hash) {
        if (likeness.alike(linked[place], slot)) {
          hang(slot, linked[place], needed);
          return true;
        }
        if (++compared == MOST_COMPARED) {
          return false;
        }
      }
    }
    remember(slot, hash, place);
    return false;
  }

  /** Lets those go from {@code slot} that no version needs. */
  void drop(int slot) {
    if (hasTwins(slot)) {
      var group = groups.get(slot).orElse(Group.EMPTY);
      int[] rest = Arrays.stream(group.slots, 0, group.count).filter(needed).toArray();
      groups.put(slot, new Group(rest, rest.length));
    }
  }

  /** Forgets who is linked; they have to be {@linkplain #remember remembered} again. */
  void forgetLinked() {
    linked = filled(FIRST_SIZE);
    hashes = new int[FIRST_SIZE];
    count = 0;
  }

  /** Hangs {@code slot} where it hung before a restart; who is needed may not be known yet. */
  void restore(int slot, int on) {
    hang(slot, on, _ -> true);
  }

  /** Remembers {@code slot}, which was linked before a restart. */
  void remember(int slot) {
    int hash = likeness.hash(slot);
    int place = spread(hash);
    while (linked[place] != NONE) {
      place = next(place);
    }
    remember(slot, hash, place);
  }

  private void hang(int slot, int on, IntPredicate kept) {
    var group = groups.get(on).orElse(Group.EMPTY);
    int[] slots = group.slots;
    int size = group.count;
    if (size == slots.length) {
      int[] rest = Arrays.stream(slots).filter(kept).toArray();
      size = rest.length;
      slots = Arrays.copyOf(rest, 2 * size + 1);
    }
    slots[size] = slot;
    groups.put(on, new Group(slots, size + 1));
  }

  private void remember(int slot, int hash, int place) {
    linked[place] = slot;
    hashes[place] = hash;
    if (++count > linked.length / 4 * 3) {
      grow();
    }
  }

  private void grow() {
    int[] oldLinked = linked;
    int[] oldHashes = hashes;
    linked = filled(2 * oldLinked.length);
    hashes = new int[linked.length];
    for (int i = 0; i < oldLinked.length; i++) {
      if (oldLinked[i] != NONE) {
        int place = spread(oldHashes[i]);
        while (linked[place] != NONE) {
          place = next(place);
        }
        linked[place] = oldLinked[i];
        hashes[place] = oldHashes[i];
      }
    }
  }

  private int spread(int hash) {
    return hash & (linked.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (linked.length - 1);
  }

  private static int[] filled(int size) {
    var table = new int[size];
    Arrays.fill(table, NONE);
    return table;
  }
}
