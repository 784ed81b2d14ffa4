package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.mesh.Admission.Verdict;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * One round with one target. 1. It introduces itself and is judged. 2. As what it is admitted is
 * kept, durably, before anything is sent to it under that name. 3. Each side tells what operators
 * have said; that may be that there is no such target any more. 4. The clocks are exchanged. 5.
 * Each side tells whom it is connected to. 6. One that was away begins to catch up, and is not
 * connected before it has acknowledged all that it missed: no new write passes an old undo. That
 * takes as long as it takes and is not part of the round; further rounds only look whether it is
 * there. What came of it is reported to {@link Links}. Never blocks; each call has a deadline.
 */
final class Visit {
  private final OwnNode own;
  private final Links links;
  private final TargetRegistry registry;
  private final Memberships memberships;
  private final Announcements announcements;
  private final Dues dues;
  private final Timing timing;
  private final Set<Address> catchingUp = ConcurrentHashMap.newKeySet();

  /**
   * What a visit takes time from.
   *
   * @param callLimit how long each call may take
   * @param blocking runs what blocks on the database
   */
  record Timing(InstantSource wall, Duration callLimit, Executor blocking) {
    CallContext call() {
      return new CallContext(wall.instant().plus(callLimit), CallContext.Origin.PEER);
    }
  }

  Visit(
      OwnNode own,
      Links links,
      TargetRegistry registry,
      Memberships memberships,
      Announcements announcements,
      Dues dues,
      Timing timing) {
    this.own = own;
    this.links = links;
    this.registry = registry;
    this.memberships = memberships;
    this.announcements = announcements;
    this.dues = dues;
    this.timing = timing;
  }

  /**
   * Never fails.
   *
   * @return the targets it told; none if it did not get so far
   */
  CompletionStage<List<Address>> of(Address address, Peer peer) {
    return peer.describe(timing.call())
        .thenCompose(shown ->
            switch (links.admit(address, own.description(), shown)) {
              case Verdict.Welcome _ ->
                  keep(address)
                      .thenCompose(_ -> peer.memberships(memberships.known(), timing.call()))
                      .thenCompose(memberships::hear)
                      .thenCompose(_ -> links.isKept(address) ? meet(address, peer) : nobody());
              case Verdict.Refused _, Verdict.Redundant _ -> nobody();
            })
        .exceptionally(failure -> {
          links.failed(address, words(failure));
          return List.of();
        });
  }

  private CompletionStage<Void> keep(Address address) {
    return links.isKept(address)
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.runAsync(() -> registry.keep(address), timing.blocking());
  }

  private CompletionStage<List<Address>> meet(Address address, Peer peer) {
    return peer.clock(own.reading(), timing.call())
        .thenCompose(theirs -> exchange(address, peer, theirs));
  }

  private CompletionStage<List<Address>> exchange(Address address, Peer peer, Stamp theirs) {
    var now = timing.wall().instant();
    var shown = theirs.asTimestamp().toInstant();
    boolean behind = Duration.between(shown, now).compareTo(HybridClock.MAX_AHEAD) > 0;
    if (behind || !own.observe(theirs)) {
      links.refused(
          address,
          "clock: it shows "
              + shown
              + " when here it is "
              + now
              + "; the limit is "
              + HybridClock.MAX_AHEAD);
      return nobody();
    }
    return peer.register(own.withConnected(links.connected()), timing.call())
        .thenApply(announcements::check)
        .thenApply(told -> {
          connect(address);
          return told;
        });
  }

  /** What was begun before the target was lost again says nothing of what it missed since. */
  private void connect(Address address) {
    if (catchingUp.contains(address)) {
      links.answered(address);
    } else {
      links.returned(address).ifPresent(name -> bring(address, name));
    }
  }

  private void bring(Address address, String name) {
    catchingUp.add(address);
    var _ =
        dues.bringTo(name)
            .thenAccept(nothingIsMissing -> {
              catchingUp.remove(address);
              if (nothingIsMissing) {
                links.caughtUp(address);
              }
            });
  }

  private static CompletionStage<List<Address>> nobody() {
    return CompletableFuture.completedStage(List.of());
  }

  private static String words(Throwable failure) {
    var cause = StageFailure.cause(failure);
    return cause instanceof ValdException known ? known.getMessage() : cause.toString();
  }
}
