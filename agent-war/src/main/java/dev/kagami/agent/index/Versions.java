package dev.kagami.agent.index;

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

/**
 * Every id's {@link Lineage}, and how far each writer's stamps are settled. Lineages are read from
 * any thread; everything else is guarded by the store's write lock.
 */
final class Versions {
  private final Map<VectorId, Lineage> lineages = new ConcurrentHashMap<>();
  private final Map<WriterNumber, Stamp> settledUpTo = new HashMap<>();

  /** Who has unsettled versions, by writer; those voided or dropped since are in it still. */
  private final Map<WriterNumber, NavigableMap<Stamp, List<VectorId>>> undecided = new HashMap<>();

  private Stamp greatest = Stamp.NONE;

  /** What is kept of {@code id}. */
  Lineage of(VectorId id) {
    var known = lineages.get(id);
    return known == null ? Lineage.nothing(id) : known;
  }

  void put(Lineage lineage) {
    lineages.put(lineage.id(), lineage);
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
