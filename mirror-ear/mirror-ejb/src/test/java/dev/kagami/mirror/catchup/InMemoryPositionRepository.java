package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Positions and leases in memory, which outlive a process. */
public final class InMemoryPositionRepository implements PositionRepository {
  private final Map<String, Reached> rows = new TreeMap<>();
  private final Map<String, Lease> leases = new TreeMap<>();

  @Override
  public synchronized List<Reached> positions() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized List<Lease> leases() {
    return List.copyOf(leases.values());
  }

  @Override
  public synchronized Optional<Lease> takeFirst(String target, String holder) {
    var first = Lease.first(target, holder);
    return leases.putIfAbsent(target, first) == null ? Optional.of(first) : Optional.empty();
  }

  @Override
  public synchronized Optional<Lease> take(Lease seen, String holder) {
    return change(seen, seen.takenBy(holder));
  }

  @Override
  public synchronized Optional<Lease> renew(Lease lease, List<ChangePosition> reached) {
    var renewed = change(lease, lease.renewed());
    if (renewed.isPresent()) {
      reached.forEach(
          each -> rows.put(lease.target() + " " + each.log(), new Reached(lease.target(), each)));
    }
    return renewed;
  }

  private Optional<Lease> change(Lease seen, Lease next) {
    return leases.replace(seen.target(), seen, next) ? Optional.of(next) : Optional.empty();
  }

  @Override
  public synchronized void forget(String target) {
    leases.remove(target);
    rows.values().removeIf(row -> row.target().equals(target));
  }
}
