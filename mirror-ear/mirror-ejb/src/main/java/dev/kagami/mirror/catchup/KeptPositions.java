package dev.kagami.mirror.catchup;

import dev.kagami.core.catchup.Positions;
import dev.kagami.core.store.ChangePosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One target's positions, in memory; remembers which the database does not know. Thread-safe. */
final class KeptPositions implements Positions {
  // Both guarded by this.
  private final Map<UUID, ChangePosition> positions = new HashMap<>();
  private final Set<UUID> unsaved = new HashSet<>();

  /** What the database knows. */
  synchronized void add(ChangePosition position) {
    positions.put(position.log(), position);
  }

  @Override
  public synchronized ChangePosition in(UUID log) {
    return positions.getOrDefault(log, ChangePosition.beginning(log));
  }

  @Override
  public synchronized void reached(ChangePosition from, ChangePosition to) {
    if (in(from.log()).equals(from)) {
      positions.put(to.log(), to);
      unsaved.add(to.log());
    }
  }

  /** What is in the database is out of date then, which costs time only. */
  @Override
  public synchronized void startOver() {
    positions.clear();
    unsaved.clear();
  }

  /** What the database does not know yet; from now on it does. */
  synchronized List<ChangePosition> takeUnsaved() {
    var taken = unsaved.stream().map(positions::get).toList();
    unsaved.clear();
    return taken;
  }

  /** What the database knows takes the place of all that is known here. */
  synchronized void replace(List<ChangePosition> stored) {
    startOver();
    stored.forEach(this::add);
  }
}
