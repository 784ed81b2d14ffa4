package dev.kagami.mirror.mesh;

import dev.kagami.transport.client.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rows in memory, which outlive a mesh; can refuse like a database that is down. */
public final class InMemoryTargetRepository implements MirrorTargetRepository {
  private final Map<String, MirrorTarget> targets = new TreeMap<>();
  private final Map<Address, TargetStatus> statuses = new HashMap<>();
  private final Consumer<Address> whenForgotten;
  private boolean down;

  public InMemoryTargetRepository() {
    this(_ -> {});
  }

  /**
   * @param whenForgotten is told of each address that is a target no more
   */
  public InMemoryTargetRepository(Consumer<Address> whenForgotten) {
    this.whenForgotten = whenForgotten;
  }

  synchronized void goDown() {
    down = true;
  }

  synchronized void comeUp() {
    down = false;
  }

  @Override
  public synchronized List<MirrorTarget> targets() {
    checkUp();
    return List.copyOf(targets.values());
  }

  @Override
  public synchronized void save(MirrorTarget target) {
    checkUp();
    targets.put(key(target), target);
  }

  @Override
  public synchronized void delete(MirrorTarget target) {
    checkUp();
    targets.remove(key(target));
  }

  @Override
  public synchronized List<TargetStatus> statuses() {
    checkUp();
    return statuses.values().stream()
        .sorted(Comparator.comparing(status -> status.address().toString()))
        .toList();
  }

  @Override
  public synchronized void saveStatus(TargetStatus status) {
    checkUp();
    statuses.put(status.address(), status);
  }

  @Override
  public synchronized void deleteStatus(Address address) {
    checkUp();
    statuses.remove(address);
    whenForgotten.accept(address);
  }

  @Override
  public int writerNumber(String name) {
    return 1;
  }

  private static String key(MirrorTarget target) {
    return target.address() + " " + target.source();
  }

  private void checkUp() {
    if (down) {
      throw new IllegalStateException("the database is down");
    }
  }
}
