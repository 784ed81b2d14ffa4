package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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
