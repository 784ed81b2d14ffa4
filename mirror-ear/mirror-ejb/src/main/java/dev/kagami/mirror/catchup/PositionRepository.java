package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import java.util.List;
import java.util.Optional;

/**
 * How far each target has come in the own cluster's change logs, and which of the site's processes
 * says so. Losing it costs time only. All methods block, each is one transaction; they throw
 * whatever the database throws.
 */
public interface PositionRepository {

  /**
   * One target's position in one log.
   *
   * @param target its name in the mesh
   */
  record Reached(String target, ChangePosition position) {}

  List<Reached> positions();

  /** The leases of all targets that some process has taken. */
  List<Lease> leases();

  /**
   * Takes the lease of a target that nobody had.
   *
   * @return the lease; nothing if another process was quicker
   */
  Optional<Lease> takeFirst(String target, String holder);

  /**
   * Takes a lease, if it still is as it was {@code seen}.
   *
   * @return the lease; nothing if it was renewed or taken since
   */
  Optional<Lease> take(Lease seen, String holder);

  /**
   * Shows that the holder of {@code lease} is alive, and stores these positions of its target in
   * place of what was known of the same logs.
   *
   * @return the lease from now on; nothing if another process has taken it, or the target was
   *     forgotten: then nothing is stored
   */
  Optional<Lease> renew(Lease lease, List<ChangePosition> reached);

  /**
   * The target is known no more: if it is added again, nothing is known of what it has, and who
   * brought it what it missed has no lease.
   */
  void forget(String target);
}
