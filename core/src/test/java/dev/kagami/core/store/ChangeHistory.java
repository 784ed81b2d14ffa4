package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** In which order the ids changed last. Not thread-safe. */
final class ChangeHistory {
  private final NavigableMap<Long, VectorId> changes = new TreeMap<>();
  private final Map<VectorId, Long> changedAt = new HashMap<>();
  private long end;

  void changed(VectorId id) {
    var before = changedAt.put(id, ++end);
    if (before != null) {
      changes.remove(before);
    }
    changes.put(end, id);
  }

  void forget(Predicate<VectorId> gone) {
    changes.values().removeIf(gone);
    changedAt.keySet().removeIf(gone);
  }

  /** The number of the last change of {@code id}; 0 if there was none. */
  long lastOf(VectorId id) {
    return changedAt.getOrDefault(id, 0L);
  }

  /** By number, those after {@code seq}. */
  NavigableMap<Long, VectorId> after(long seq) {
    return changes.tailMap(seq, false);
  }

  long end() {
    return end;
  }
}
