package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * {@link Kept} without the floats, and without what is settled, since only an origin tells that.
 * Immutable.
 *
 * @param heads newest first, none with a mark
 * @param marks the stamps that do not count
 */
public record KeptHeads(VectorId id, List<Head> heads, SortedSet<Stamp> marks) {
  public KeptHeads {
    heads = List.copyOf(heads);
    marks = Collections.unmodifiableSortedSet(new TreeSet<>(marks));
  }

  /** The newest version without a mark, tombstones included. */
  public Optional<Head> newest() {
    return heads.stream().findFirst();
  }

  /** What readers see: the newest version, if it is a vector. */
  public Optional<Head> visible() {
    return newest().filter(Head::isVector);
  }

  public boolean isEmpty() {
    return heads.isEmpty() && marks.isEmpty();
  }

  /** This without what has a stamp up to and including {@code flushed}. */
  public KeptHeads after(Stamp flushed) {
    return new KeptHeads(
        id,
        heads.stream().filter(head -> head.stamp().compareTo(flushed) > 0).toList(),
        new TreeSet<>(marks).tailSet(flushed, false));
  }

  /**
   * This without what is older than a version that {@code settled} accepts. Sent one by one, it
   * could show where the newer one was forgotten.
   */
  public KeptHeads withoutSuperseded(Predicate<Stamp> settled) {
    for (int i = 0; i < heads.size(); i++) {
      if (settled.test(heads.get(i).stamp())) {
        return new KeptHeads(id, heads.subList(0, i + 1), marks);
      }
    }
    return this;
  }

  /**
   * This without the marks and the oldest removals within the {@link VectorStore#trim} of {@code
   * here} that would hide nothing there. Else sites that forget at different times would bring them
   * to one another for ever.
   */
  public KeptHeads withoutForgotten(Stamp trimmed, KeptHeads here) {
    var left = new ArrayList<>(heads);
    while (!left.isEmpty()
        && left.getLast().isForgettable(trimmed)
        && !here.hasOlder(left.getLast())) {
      left.removeLast();
    }
    var young = new TreeSet<>(marks);
    young.removeIf(mark -> mark.compareTo(trimmed) <= 0 && !here.has(mark));
    return new KeptHeads(id, left, young);
  }

  private boolean hasOlder(Head head) {
    return heads.stream().anyMatch(head::isNewerThan);
  }

  private boolean has(Stamp stamp) {
    return heads.stream().anyMatch(head -> head.stamp().equals(stamp));
  }

  /** All that is kept here or there; the order of the two does not matter. */
  public KeptHeads merge(KeptHeads other) {
    var allMarks = new TreeSet<>(marks);
    allMarks.addAll(other.marks);
    var all = new ArrayList<>(heads);
    other.heads.stream().filter(head -> !heads.contains(head)).forEach(all::add);
    all.removeIf(head -> allMarks.contains(head.stamp()));
    all.sort(Comparator.reverseOrder());
    return new KeptHeads(id, all, allMarks);
  }
}
