package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import java.util.List;

/**
 * How far each target has come in the own cluster's change logs. Losing it costs time only. All
 * methods block, each is one transaction; they throw whatever the database throws.
 */
public interface PositionRepository {

  /**
   * One target's position in one log.
   *
   * @param target its name in the mesh
   */
  record Reached(String target, ChangePosition position) {}

  List<Reached> positions();

  /** Stores these in place of what was known of the same targets and logs. */
  void save(List<Reached> reached);

  /** The target is known no more: if it is added again, nothing is known of what it has. */
  void forget(String target);
}
