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
 * All that is kept of one id: the newest settled version without a void mark, everything newer, and
 * the void marks. Immutable.
 *
 * <p>Laws: {@link #with}, {@link #voided} and {@link #merge} may be applied in any order and any
 * number of times with the same result, as long as no settled version is voided.
 *
 * @param entries newest first, none with a mark, nothing older than the newest settled one
 * @param marks the stamps that do not count
 */
public record Kept(VectorId id, List<Entry> entries, SortedSet<Stamp> marks) {
  /** By their heads, whose content hash is needed only where the rest is equal. */
  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparing((Entry entry) -> entry.version().timestamp())
          .thenComparing(entry -> entry.version().stamp())
          .thenComparing(entry -> entry.version().head())
          .reversed();

  /**
   * One version.
   *
   * @param settled decided for good: it will never be voided
   */
  public record Entry(Version version, boolean settled) {}

  public Kept {
    entries = List.copyOf(entries);
    marks = Collections.unmodifiableSortedSet(new TreeSet<>(marks));
  }

  /** Nothing. */
  public static Kept nothing(VectorId id) {
    return new Kept(id, List.of(), Collections.emptySortedSet());
  }

  /** The newest version without a mark, tombstones included. */
  public Optional<Version> newest() {
    return entries.stream().findFirst().map(Entry::version);
  }

  /** What readers see: the newest version, if it is a vector. */
  public Optional<Version> visible() {
    return newest().filter(version -> !version.isTombstone());
  }

  /** The version of the transaction {@code stamp}, if it is kept. */
  public Optional<Entry> find(Stamp stamp) {
    return entries.stream().filter(entry -> entry.version().stamp().equals(stamp)).findFirst();
  }

  /** This without what has a stamp up to and including {@code flushed}. */
  public Kept after(Stamp flushed) {
    return new Kept(
        id,
        entries.stream().filter(entry -> entry.version().stamp().compareTo(flushed) > 0).toList(),
        new TreeSet<>(marks).tailSet(flushed, false));
  }

  /**
   * This without the marks of stamps up to and including {@code horizon}, and without the newest
   * version if it is a settled tombstone that is no younger.
   */
  public Kept trimmed(Stamp horizon) {
    boolean isGone =
        entries.stream()
            .limit(1)
            .anyMatch(entry -> entry.settled() && entry.version().head().isForgettable(horizon));
    return new Kept(id, isGone ? List.of() : entries, new TreeSet<>(marks).tailSet(horizon, false));
  }

  /** Whether {@code copy} is a vector that is newest here, and settled. */
  public boolean isDroppable(Head copy) {
    return copy.isVector()
        && entries.stream()
            .limit(1)
            .anyMatch(entry -> entry.settled() && entry.version().head().equals(copy));
  }

  /** This without any version: what is left when the newest one was dropped. */
  public Kept dropped() {
    return new Kept(id, List.of(), marks);
  }

  /** The same without the floats. */
  public KeptHeads heads() {
    return new KeptHeads(id, entries.stream().map(entry -> entry.version().head()).toList(), marks);
  }

  /** What of {@code offered} is not known here and would not be superseded at once. */
  public KeptHeads lacking(KeptHeads offered) {
    var heads = offered.heads().stream().filter(this::lacks).toList();
    var unknown = new TreeSet<>(offered.marks());
    unknown.removeAll(marks);
    return new KeptHeads(id, heads, unknown);
  }

  private boolean lacks(Head head) {
    return !marks.contains(head.stamp())
        && find(head.stamp()).isEmpty()
        && entries.stream().noneMatch(entry -> supersedes(entry, head));
  }

  private static boolean supersedes(Entry entry, Head head) {
    return entry.settled() && entry.version().head().isNewerThan(head);
  }

  /** Where the version of {@code stamp} stands, given that it was added. */
  public Applied.Standing standing(Stamp stamp) {
    if (find(stamp).isEmpty()) {
      return Applied.Standing.SUPERSEDED;
    }
    return entries.getFirst().version().stamp().equals(stamp)
        ? Applied.Standing.TOP
        : Applied.Standing.BENEATH;
  }

  /** This and one more version, which may turn out hidden or superseded. */
  public Kept with(Version version, boolean settled) {
    return merge(new Kept(id, List.of(new Entry(version, settled)), Collections.emptySortedSet()));
  }

  /** This without the version of {@code stamp}, whether it came already or comes later. */
  public Kept voided(Stamp stamp) {
    var mark = new TreeSet<Stamp>();
    mark.add(stamp);
    return merge(new Kept(id, List.of(), mark));
  }

  /** This with every version that {@code decided} accepts settled. */
  public Kept settled(Predicate<Stamp> decided) {
    if (entries.stream()
        .allMatch(entry -> entry.settled() || !decided.test(entry.version().stamp()))) {
      return this;
    }
    var now = new ArrayList<Entry>();
    for (var entry : entries) {
      now.add(new Entry(entry.version(), entry.settled() || decided.test(entry.version().stamp())));
    }
    return new Kept(id, withoutSuperseded(now), marks);
  }

  /** All that is kept here or there. */
  public Kept merge(Kept other) {
    var allMarks = new TreeSet<>(marks);
    allMarks.addAll(other.marks);
    var all = new ArrayList<Entry>();
    for (var entry : entries) {
      add(all, entry, allMarks);
    }
    for (var entry : other.entries) {
      add(all, entry, allMarks);
    }
    all.sort(NEWEST_FIRST);
    return new Kept(id, withoutSuperseded(all), allMarks);
  }

  private static void add(List<Entry> all, Entry entry, SortedSet<Stamp> marks) {
    if (marks.contains(entry.version().stamp())) {
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      var known = all.get(i).version();
      if (known.stamp().equals(entry.version().stamp()) && known.equals(entry.version())) {
        all.set(i, new Entry(entry.version(), all.get(i).settled() || entry.settled()));
        return;
      }
    }
    all.add(entry);
  }

  private static List<Entry> withoutSuperseded(List<Entry> newestFirst) {
    for (int i = 0; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).settled()) {
        return newestFirst.subList(0, i + 1);
      }
    }
    return newestFirst;
  }
}
