package dev.kagami.gateway.placement;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The stamps that this gateway gave itself, until they are settled: first undecided; then either
 * they stand, or they are void and wait for each holder's acknowledgement. Lives in memory only:
 * what a gateway that is gone left open is settled as it stands by its successor, whose clock
 * begins above it. Thread-safe.
 */
final class OwnStamps {
  /** The most stamps that may be open at once, undecided or waiting for their undo. */
  static final int MOST_OPEN = 10_000;

  private static final long TICK = 1L << Stamp.WRITER_BITS;

  private final InstantSource wall;
  private final OwnNumber number;
  private final AgentPool agents;

  // All state below is guarded by this. A stamp is taken and entered under one lock, and a bound is
  // computed under the same: were it entered later, a bound computed in between would pass it, and
  // an agent would settle a write that may yet be voided.
  private final NavigableSet<Stamp> undecided = new TreeSet<>();
  private final Map<Agent, NavigableSet<Stamp>> unacknowledged = new HashMap<>();
  private Optional<HybridClock> clock = Optional.empty();

  OwnStamps(AgentPool agents, OwnNumber number, InstantSource wall) {
    this.agents = agents;
    this.number = number;
    this.wall = wall;
  }

  /**
   * Gives a stamp later than {@code past}, undecided.
   *
   * @throws Unavailable if not every agent has told its greatest stamp yet, another gateway has the
   *     number, or too many are open
   */
  synchronized Stamp open(Timestamp past) {
    var running = dating().orElseThrow(this::cannotDate);
    if (openCount() >= MOST_OPEN) {
      throw new Unavailable(
          MOST_OPEN + " writes of this gateway are undecided or wait for their undo; try later");
    }
    var stamp = running.nextAfter(past);
    undecided.add(stamp);
    return stamp;
  }

  /** The write of {@code stamp} stands, or reached nobody. */
  synchronized void decided(Stamp stamp) {
    undecided.remove(stamp);
  }

  /** The write of {@code stamp} is void; {@code holders} have to acknowledge that. */
  synchronized void voided(Stamp stamp, Collection<Agent> holders) {
    undecided.remove(stamp);
    holders.forEach(
        holder -> unacknowledged.computeIfAbsent(holder, _ -> new TreeSet<>()).add(stamp));
  }

  /** {@code holder} has the void mark of {@code stamp}. */
  synchronized void acknowledged(Stamp stamp, Agent holder) {
    unacknowledged.getOrDefault(holder, new TreeSet<>()).remove(stamp);
  }

  /**
   * The stamp up to which everything of this gateway is decided and its voids known at {@code
   * agent}; empty if this gateway cannot date writes.
   */
  synchronized Optional<Stamp> settledAt(Agent agent) {
    return dating()
        .map(running -> earliestOpen(agent).map(OwnStamps::before).orElseGet(running::latest));
  }

  /** Whether the write of {@code stamp} is undecided, or void and not known to be so everywhere. */
  synchronized boolean isOpen(Stamp stamp) {
    return undecided.contains(stamp)
        || unacknowledged.values().stream().anyMatch(open -> open.contains(stamp));
  }

  /** Moves the clock past {@code seen}, unless that is too far ahead to be believed. */
  synchronized void observe(Stamp seen) {
    clock.ifPresent(running -> running.observe(seen));
  }

  /** The greatest stamp given or seen, {@link Stamp#NONE} if none. */
  synchronized Stamp latest() {
    return clock.map(HybridClock::latest).orElse(Stamp.NONE);
  }

  /** How many voids wait for an acknowledgement of {@code agent}. */
  synchronized int pendingAt(Agent agent) {
    return unacknowledged.getOrDefault(agent, new TreeSet<>()).size();
  }

  /** The clock, while the number is ours. */
  private Optional<HybridClock> dating() {
    return number
        .held()
        .flatMap(writer -> {
          if (clock.isEmpty()) {
            clock = agents.greatestStamp().map(floor -> new HybridClock(wall, writer, floor));
          }
          return clock;
        });
  }

  private Unavailable cannotDate() {
    return clock.isEmpty() && agents.greatestStamp().isEmpty()
        ? agents.unused("this gateway cannot date writes yet, because ")
        : new Unavailable("this gateway cannot date writes, because " + number.why());
  }

  private int openCount() {
    return undecided.size() + unacknowledged.values().stream().mapToInt(Set::size).sum();
  }

  private Optional<Stamp> earliestOpen(Agent agent) {
    var pending = unacknowledged.getOrDefault(agent, new TreeSet<>());
    return Stream.of(undecided, pending)
        .flatMap(open -> open.stream().limit(1))
        .min(Stamp::compareTo);
  }

  private static Stamp before(Stamp stamp) {
    return new Stamp(stamp.value() - TICK);
  }
}
