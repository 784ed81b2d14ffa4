package dev.kagami.mirror.catchup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Positions in memory, which outlive a process. */
public final class InMemoryPositionRepository implements PositionRepository {
  private final Map<String, Reached> rows = new TreeMap<>();

  @Override
  public synchronized List<Reached> positions() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized void save(List<Reached> reached) {
    reached.forEach(each -> rows.put(each.target() + " " + each.position().log(), each));
  }

  @Override
  public synchronized void forget(String target) {
    rows.values().removeIf(row -> row.target().equals(target));
  }
}
