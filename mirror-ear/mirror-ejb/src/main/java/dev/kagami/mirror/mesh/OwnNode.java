package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.client.Address;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** This mirror process, as it shows itself to others. Thread-safe. */
public final class OwnNode implements Node {
  private final Identity identity;
  private final HybridClock clock;
  private final InstantSource wall;

  /**
   * What stays the same while the process runs.
   *
   * @param name its own name within the site
   * @param address where other sites reach it
   * @param space what the site stores
   */
  public record Identity(Site site, String name, Address address, VectorSpace space) {}

  /**
   * @param clock is only read, and shown the time of others
   */
  public OwnNode(Identity identity, HybridClock clock, InstantSource wall) {
    this.identity = requireNonNull(identity, "identity");
    this.clock = requireNonNull(clock, "clock");
    this.wall = requireNonNull(wall, "wall");
  }

  public Identity identity() {
    return identity;
  }

  @Override
  public CompletionStage<Description> describe(CallContext context) {
    return CompletableFuture.completedStage(description());
  }

  Description description() {
    var site = identity.site();
    return new Description(
        Role.MIRROR, site.name(), site.number(), identity.name(), identity.space(), reading());
  }

  /**
   * Shows the time to a peer, and learns the peer's unless that is too far ahead.
   *
   * @return the time here, also where the peer's was not believed
   */
  public CompletionStage<Stamp> exchangeClocks(Stamp theirs) {
    observe(theirs);
    return CompletableFuture.completedStage(reading());
  }

  /** What time it is here, or the greatest stamp seen if that is later; no transaction's stamp. */
  Stamp reading() {
    var latest = clock.latest();
    var now = new Stamp(Timestamp.of(wall.instant()).unixNanos());
    return now.compareTo(latest) > 0 ? now : latest;
  }

  /** Moves the clock past {@code theirs}; false if that is too far ahead to be believed. */
  boolean observe(Stamp theirs) {
    return clock.observe(theirs);
  }

  Address address() {
    return identity.address();
  }

  /** What it tells peers: whom it is connected to, and itself. */
  List<Address> withConnected(List<Address> connected) {
    var all = new ArrayList<>(connected);
    all.add(address());
    return all;
  }
}
