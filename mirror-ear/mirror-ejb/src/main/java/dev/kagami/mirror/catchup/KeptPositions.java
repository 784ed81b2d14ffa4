package dev.kagami.mirror.catchup;

import dev.kagami.core.catchup.Positions;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One target's positions, in memory; remembers which the database does not know. Thread-safe. */
final class KeptPositions implements Positions {
  private final String target;

  // Both guarded by this.
  private final Map<UUID, ChangePosition> positions = new HashMap<>();
  private final Set<UUID> unsaved = new HashSet<>();

  KeptPositions(String target) {
    this.target = target;
  }

  /** What the database knows. */
  synchronized void add(ChangePosition position) {
    positions.put(position.log(), position);
  }

  @Override
  public synchronized ChangePosition in(UUID log) {
    return positions.getOrDefault(log, ChangePosition.beginning(log));
  }

  @Override
  public synchronized void reached(ChangePosition position) {
    positions.put(position.log(), position);
    unsaved.add(position.log());
  }

  /** What is in the database is out of date then, which costs time only. */
  @Override
  public synchronized void startOver() {
    positions.clear();
    unsaved.clear();
  }

  /** What the database does not know yet; from now on it does. */
  synchronized List<Reached> takeUnsaved() {
    var taken = new ArrayList<Reached>();
    unsaved.forEach(log -> taken.add(new Reached(target, positions.get(log))));
    unsaved.clear();
    return taken;
  }
}
