package dev.kagami.agent.index;

import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Every id's {@link Lineage}, in which order they changed, and how far each writer's stamps are
 * settled. These are read from any thread; everything else is guarded by the store's write lock.
 */
final class Versions {
  private final IdTable lineages = new IdTable();
  private final ChangeList changes = new ChangeList();
  private final Map<WriterNumber, Stamp> settledUpTo = new ConcurrentHashMap<>();

  /** Who has unsettled versions, by writer; those voided or dropped since are in it still. */
  private final Map<WriterNumber, NavigableMap<Stamp, List<VectorId>>> undecided = new HashMap<>();

  private Stamp greatest = Stamp.NONE;
  private volatile Stamp flushed = Stamp.NONE;
  private volatile Stamp trimmed = Stamp.NONE;

  /** What is kept of {@code id}. */
  Lineage of(VectorId id) {
    return lineages.get(id).orElseGet(() -> Lineage.nothing(id));
  }

  /** Up to {@code limit} lineages from {@code cursor} on, by the hashes of their ids. */
  List<Lineage> from(HeadCursor cursor, int limit) {
    return lineages.from(cursor, limit);
  }

  /** Which ids changed when. */
  ChangeList changes() {
    return changes;
  }

  /** Makes room for {@code count} ids, while there is none. */
  void reserve(int count) {
    lineages.reserve(count);
  }

  /**
   * Adds to what is kept of {@code id} what was so before a restart; changes are not known before
   * {@link #restored}. Several threads may do so, as long as nobody does anything else.
   */
  synchronized void restore(VectorId id, UnaryOperator<Lineage> more) {
    lineages.put(more.apply(of(id)));
  }

  /** The same for a version that may still be voided. */
  synchronized void restoreUndecided(StoredVersion version) {
    awaitDecision(version);
  }

  /** Learns that all is back that was kept before a restart. */
  List<Lineage> restored() {
    var all = lineages.from(HeadCursor.START, Integer.MAX_VALUE);
    changes.begin(all);
    return all;
  }

  /** How far the stamps of each writer are decided. */
  List<Stamp> settledUpTo() {
    return List.copyOf(settledUpTo.values());
  }

  void replace(Lineage before, Lineage after) {
    if (after.isNothing()) {
      lineages.remove(after.id());
      changes.remove(before.changeSeq());
      return;
    }
    lineages.put(after);
    if (after.changeSeq() != before.changeSeq()) {
      changes.add(after.id(), before.changeSeq(), after.changeSeq());
    }
  }

  /** Remembers that {@code version} may still be voided. */
  void awaitDecision(StoredVersion version) {
    undecided
        .computeIfAbsent(version.head().stamp().writer(), _ -> new TreeMap<>())
        .computeIfAbsent(version.head().stamp(), _ -> new ArrayList<>(1))
        .add(version.head().id());
  }

  boolean isSettled(Stamp stamp) {
    return stamp.compareTo(settledUpTo.getOrDefault(stamp.writer(), Stamp.NONE)) <= 0;
  }

  /**
   * Learns that {@code upTo} and what its writer stamped before is decided for good.
   *
   * @return the ids that this may concern
   */
  List<VectorId> settle(Stamp upTo) {
    settledUpTo.merge(upTo.writer(), upTo, (old, now) -> old.compareTo(now) >= 0 ? old : now);
    var ofWriter = undecided.get(upTo.writer());
    if (ofWriter == null) {
      return List.of();
    }
    var decided = ofWriter.headMap(upTo, true);
    var ids = decided.values().stream().flatMap(List::stream).toList();
    decided.clear();
    return ids;
  }

  /** Begins where {@code before} was, but for its ids, with everything up to {@code upTo} gone. */
  void flush(Versions before, Stamp upTo) {
    settledUpTo.putAll(before.settledUpTo);
    greatest = before.greatest;
    trimmed = before.trimmed;
    see(upTo);
    flushedUpTo(upTo);
  }

  /** Notes that everything up to {@code upTo} was removed for good. */
  void flushedUpTo(Stamp upTo) {
    flushed = upTo;
  }

  /** Up to where everything was removed for good. */
  Stamp flushed() {
    return flushed;
  }

  /** Notes that removals and undos up to {@code upTo} may be forgotten. */
  void trimmedUpTo(Stamp upTo) {
    trimmed = upTo.compareTo(trimmed) > 0 ? upTo : trimmed;
  }

  /** Up to where removals and undos may be forgotten. */
  Stamp trimmed() {
    return trimmed;
  }

  /** Notes that {@code stamp} was seen. */
  void see(Stamp stamp) {
    if (stamp.compareTo(greatest) > 0) {
      greatest = stamp;
    }
  }

  /** The greatest stamp seen in a version, a mark or a settled bound. */
  Stamp greatest() {
    return greatest;
  }
}
