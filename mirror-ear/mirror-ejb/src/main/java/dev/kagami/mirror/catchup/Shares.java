package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The targets that this process shares with the other processes of its site: each is brought what
 * it misses by the one that has its lease. Thread-safe.
 */
final class Shares {
  private final PositionRepository repository;
  private final String process;
  private final InstantSource time;
  private final Predicate<String> reached;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();

  /** Targets that the database has still to forget; until then nothing is learned of them. */
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /**
   * @param process the name of this process
   * @param reached whether this process reaches a target
   */
  Shares(
      PositionRepository repository,
      String process,
      InstantSource time,
      Predicate<String> reached) {
    this.repository = repository;
    this.process = process;
    this.time = time;
    this.reached = reached;
  }

  /** Reads the positions; blocks on the database. */
  void load() {
    for (var reached : repository.positions()) {
      of(reached.target()).positions().add(reached.position());
    }
  }

  Share of(String target) {
    return shares.computeIfAbsent(target, name -> new Share(name, process, repository));
  }

  /**
   * Ends with targets that have left: at the next {@link #keep} nothing is known any more of what
   * they have.
   *
   * @return who was known and is not any more
   */
  List<String> end(Set<String> known) {
    var left = shares.keySet().stream().filter(name -> !known.contains(name)).toList();
    gone.addAll(left);
    left.forEach(shares::remove);
    return left;
  }

  /**
   * From now on nothing is known of what {@code target} has, whichever process brings it that.
   * Blocks on the database.
   */
  synchronized void startOver(String target) {
    repository.forget(target);
    keep();
  }

  /**
   * Stores what this process knows, takes the leases that it may, and learns what others know.
   * Blocks on the database.
   */
  synchronized void keep() {
    forget();
    var leases =
        repository.leases().stream().collect(Collectors.toMap(Lease::target, Function.identity()));
    var now = time.instant();
    var stale = new HashMap<String, Share>();
    shares.forEach((target, share) -> {
      var found = Optional.ofNullable(leases.get(target));
      if (!gone.contains(target) && share.tend(found, reached.test(target), now)) {
        stale.put(target, share);
      }
    });
    stale.values().removeIf(Share::isVisited);
    if (!stale.isEmpty()) {
      var stored = repository.positions();
      stale.forEach((target, share) -> share.learn(positionsOf(target, stored), now));
    }
  }

  private void forget() {
    for (var target : List.copyOf(gone)) {
      repository.forget(target);
      gone.remove(target);
    }
  }

  private static List<ChangePosition> positionsOf(String target, List<Reached> stored) {
    return stored.stream()
        .filter(each -> each.target().equals(target))
        .map(Reached::position)
        .toList();
  }
}
