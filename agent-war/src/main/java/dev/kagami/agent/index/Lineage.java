package dev.kagami.agent.index;

import dev.kagami.core.store.Applied.Standing;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The versions and marks of one id, without the floats: what {@link dev.kagami.core.store.Kept}
 * tells of it, under the same laws. Immutable.
 *
 * @param versions newest first, none with a mark, nothing older than the newest settled one
 * @param voids the stamps that do not count, and the log's number of each one's mark
 * @param changeSeq the log's number of the last version or mark, 0 if there is none
 * @param lastSeq the same, or of the last settled stamp that concerned it; who answers by this
 *     lineage waits for it
 */
record Lineage(
    VectorId id,
    List<StoredVersion> versions,
    SortedMap<Stamp, Long> voids,
    long changeSeq,
    long lastSeq) {
  private static final Comparator<StoredVersion> NEWEST_FIRST =
      Comparator.comparing(StoredVersion::head).reversed();

  static Lineage nothing(VectorId id) {
    return new Lineage(id, List.of(), Collections.emptySortedMap(), 0, 0);
  }

  /**
   * Where the page behind {@code page} begins.
   *
   * @param limit how many lineages a page has, unless it is the last
   * @return empty if {@code page} is the last
   */
  static Optional<HeadCursor> behind(List<Lineage> page, int limit) {
    return page.size() < limit
        ? Optional.empty()
        : Optional.of(HeadCursor.behind(page.getLast().id()));
  }

  boolean isNothing() {
    return versions.isEmpty() && voids.isEmpty();
  }

  /** The stamps that do not count. */
  SortedSet<Stamp> marks() {
    return voids.isEmpty() ? Collections.emptySortedSet() : new TreeSet<>(voids.keySet());
  }

  /** The newest version without a mark, tombstones included. */
  Optional<StoredVersion> newest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getFirst());
  }

  /** What readers see: the newest version, if it is a vector. */
  Optional<StoredVersion> visible() {
    return newest().filter(version -> version.head().isVector());
  }

  Optional<StoredVersion> find(Stamp stamp) {
    return versions.stream().filter(version -> version.head().stamp().equals(stamp)).findFirst();
  }

  /** The vector that readers see, which lies in {@code chunks}. */
  Optional<Vector> vector(VectorChunks chunks) {
    return visible().map(version -> chunks.vector(version.slot()));
  }

  /** All that is kept, with the vectors that lie in {@code chunks}. */
  Kept kept(VectorChunks chunks) {
    return new Kept(id, versions.stream().map(version -> version.entry(chunks)).toList(), marks());
  }

  /** The same as it is told to others. */
  KeptHeads heads() {
    return new KeptHeads(id, versions.stream().map(StoredVersion::head).toList(), marks());
  }

  /** What of {@code offered} is not known here and would not be superseded at once. */
  KeptHeads lacking(KeptHeads offered) {
    var heads = offered.heads().stream().filter(this::lacks).toList();
    var unknown = new TreeSet<>(offered.marks());
    unknown.removeAll(voids.keySet());
    return new KeptHeads(id, heads, unknown);
  }

  private boolean lacks(Head head) {
    return !isVoid(head.stamp())
        && find(head.stamp()).isEmpty()
        && standingOf(head) != Standing.SUPERSEDED;
  }

  /** Whether {@code stamp} does not count. */
  boolean isVoid(Stamp stamp) {
    return voids.containsKey(stamp);
  }

  /** Whether the version of the log's number {@code seq} is here. */
  boolean holds(long seq) {
    return versions.stream().anyMatch(version -> version.seq() == seq);
  }

  /** This and a version that was kept before a restart, told in any order. */
  Lineage restored(StoredVersion version) {
    return with(version).changedAt(Math.max(changeSeq, version.seq()));
  }

  /** This and a mark that was kept before a restart, told in any order. */
  Lineage restored(Stamp mark, long seq) {
    return voided(mark, seq).changedAt(Math.max(changeSeq, seq));
  }

  private Lineage changedAt(long seq) {
    return new Lineage(id, versions, voids, seq, seq);
  }

  /** This without what has a stamp up to and including {@code flushed}. */
  Lineage after(Stamp flushed) {
    var rest =
        versions.stream().filter(version -> version.head().stamp().compareTo(flushed) > 0).toList();
    return new Lineage(id, rest, voidsAfter(flushed), changeSeq, lastSeq);
  }

  private SortedMap<Stamp, Long> voidsAfter(Stamp stamp) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(voids).tailMap(stamp, false));
  }

  /** Whether {@link #trimmed} leaves something out. */
  boolean isTrimmable(Stamp horizon) {
    return isForgettable(horizon) || (!voids.isEmpty() && voids.firstKey().compareTo(horizon) <= 0);
  }

  private boolean isForgettable(Stamp horizon) {
    return newest()
        .filter(version -> version.settled() && version.head().isForgettable(horizon))
        .isPresent();
  }

  /**
   * This without the marks of stamps up to and including {@code horizon}, and without the newest
   * version if it is a settled tombstone that is no younger: it is the only one then.
   */
  Lineage trimmed(Stamp horizon) {
    return new Lineage(
        id, isForgettable(horizon) ? List.of() : versions, voidsAfter(horizon), changeSeq, lastSeq);
  }

  /** Whether {@code copy} is a vector that is newest here, and settled: the only version then. */
  boolean isDroppable(Head copy) {
    return copy.isVector()
        && newest().filter(version -> version.settled() && version.head().equals(copy)).isPresent();
  }

  /** This without the version of {@code stamp}, which may come back. */
  Lineage dropped(Stamp stamp) {
    return new Lineage(id, versionsWithout(stamp), voids, changeSeq, lastSeq);
  }

  /** This with its versions in other slots. */
  Lineage moved(UnaryOperator<StoredVersion> move) {
    return new Lineage(id, versions.stream().map(move).toList(), voids, changeSeq, lastSeq);
  }

  /** Whether a version here needs the vector in {@code slot}. */
  boolean needs(int slot) {
    return versions.stream().anyMatch(version -> version.slot() == slot);
  }

  /** Where a version with {@code head} would stand, if it came now. */
  Standing standingOf(Head head) {
    for (var version : versions) {
      if (!version.head().isNewerThan(head)) {
        break;
      }
      if (version.settled()) {
        return Standing.SUPERSEDED;
      }
    }
    return newest().filter(top -> top.head().isNewerThan(head)).isPresent()
        ? Standing.BENEATH
        : Standing.TOP;
  }

  /** This and one more version. */
  Lineage with(StoredVersion version) {
    var all = new ArrayList<StoredVersion>(versions.size() + 1);
    all.addAll(versions);
    all.add(version);
    all.sort(NEWEST_FIRST);
    return new Lineage(id, withoutSuperseded(all), voids, version.seq(), version.seq());
  }

  /** This without the version of {@code stamp}, whether it came already or comes later. */
  Lineage voided(Stamp stamp, long seq) {
    var all = new TreeMap<>(voids);
    all.put(stamp, seq);
    return new Lineage(
        id, versionsWithout(stamp), Collections.unmodifiableSortedMap(all), seq, seq);
  }

  private List<StoredVersion> versionsWithout(Stamp stamp) {
    return versions.stream().filter(version -> !version.head().stamp().equals(stamp)).toList();
  }

  /** This with every version that {@code decided} accepts settled. */
  Lineage settled(Predicate<Stamp> decided, long seq) {
    var now =
        versions.stream()
            .map(version -> decided.test(version.head().stamp()) ? version.decided() : version)
            .toList();
    return new Lineage(id, withoutSuperseded(now), voids, changeSeq, seq);
  }

  private static List<StoredVersion> withoutSuperseded(List<StoredVersion> newestFirst) {
    for (int i = 0; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).settled()) {
        return List.copyOf(newestFirst.subList(0, i + 1));
      }
    }
    return List.copyOf(newestFirst);
  }
}
