package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.mesh.Admission.Verdict;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.transport.client.Address;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The live targets, and the snapshot that requests use. Thread-safe; nothing here blocks. A report
 * on an address that has left meanwhile changes nothing.
 */
final class Links {
  private final Peers peers;
  private final HealthLimits limits;
  private final InstantSource clock;

  // All guarded by this; the snapshot may be read without.
  private final Map<Address, Link> links = new TreeMap<>(Comparator.comparing(Address::toString));
  private final List<TargetStatus> transitions = new ArrayList<>();
  private Map<Address, Desired> held = Map.of();
  private boolean removed;
  private volatile Mesh mesh = Mesh.EMPTY;

  /** Names of targets that have failed a write since they took one. */
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  private record Link(Peer peer, VectorStore store, TargetState state) {}

  Links(Peers peers, HealthLimits limits, InstantSource clock) {
    this.peers = peers;
    this.limits = limits;
    this.clock = clock;
  }

  /** The targets now, redundant ones left out. */
  Mesh mesh() {
    return mesh;
  }

  /** All addresses, always in the same order: so are the calls of a round. */
  synchronized Set<Address> addresses() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(links.keySet()));
  }

  synchronized Optional<Peer> peer(Address address) {
    return Optional.ofNullable(links.get(address)).map(Link::peer);
  }

  /** What is known of each, redundant ones included. */
  synchronized List<TargetStatus> statuses() {
    return links.entrySet().stream()
        .map(link -> link.getValue().state().statusAt(link.getKey()))
        .toList();
  }

  /** The addresses of those that are connected. */
  synchronized List<Address> connected() {
    return links.entrySet().stream()
        .filter(link -> link.getValue().state().isConnected())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every address of the site at {@code address}, itself included. */
  synchronized Set<Address> namesOf(Address address) {
    var names = new LinkedHashSet<>(Set.of(address));
    var site = Optional.ofNullable(links.get(address)).flatMap(link -> link.state().site());
    links.forEach((other, link) -> {
      if (site.isPresent() && link.state().site().equals(site)) {
        names.add(other);
      }
    });
    return names;
  }

  /** Phases that have changed since this was last asked, oldest first. */
  synchronized List<TargetStatus> takeTransitions() {
    var taken = List.copyOf(transitions);
    transitions.clear();
    return taken;
  }

  /**
   * Begins with a target; twice equals once.
   *
   * @param seen what was found there before; its site is forgotten if another target stands for it
   *     now
   */
  synchronized void join(Address address, Optional<TargetStatus> seen) {
    if (links.containsKey(address)) {
      return;
    }
    var peer = peers.at(address);
    var state =
        seen.map(before -> resumed(address, before)).orElseGet(() -> pending(Optional.empty()));
    links.put(address, new Link(peer, peer.store(state.nameAt(address)), state));
    publish();
  }

  private TargetState resumed(Address address, TargetStatus seen) {
    return switch (seen.standing()) {
      case REDUNDANT ->
          TargetState.stillRedundant(limits, seen.site(), seen.reason(), clock.instant());
      case MEMBER ->
          pending(seen.site().filter(before -> !sitesBeside(address).containsValue(before)));
    };
  }

  private TargetState pending(Optional<Site> site) {
    return TargetState.pending(limits, site, clock.instant());
  }

  /** Ends with a target, whose twin takes its place in the same instant; twice equals once. */
  synchronized void leave(Address address) {
    if (links.remove(address) != null) {
      peers.release(address);
      appointTwins();
    }
  }

  /** A twin whose site is a member under no address now becomes the member, called or not. */
  synchronized void appointTwins() {
    for (var address : List.copyOf(links.keySet())) {
      links
          .get(address)
          .state()
          .twin()
          .filter(site -> !sitesBeside(address).containsValue(site))
          .ifPresent(site -> change(address, _ -> pending(Optional.of(site))));
    }
    publish();
  }

  /** Judges what a target says of itself; a refusal is what is known of it from now on. */
  synchronized Verdict admit(Address address, Description own, Description shown) {
    var link = links.get(address);
    if (link == null) {
      return new Verdict.Redundant(Optional.empty(), "it was removed meanwhile");
    }
    var verdict = Admission.judge(own, shown, link.state().admittedAs(), sitesBeside(address));
    var now = clock.instant();
    change(
        address,
        state ->
            switch (verdict) {
              case Verdict.Welcome(var site) -> state.admitted(site);
              case Verdict.Refused(var reason) -> state.refused(reason, now);
              case Verdict.Redundant(var twin, var reason) -> state.redundant(twin, reason, now);
            });
    return verdict;
  }

  /**
   * A target has answered while nobody was bringing it what it missed. One that has left and come
   * again since the round began was not admitted as what it is now: the next round does that.
   *
   * @return its name if that is to begin now
   */
  synchronized Optional<String> returned(Address address) {
    if (!isKept(address)) {
      return Optional.empty();
    }
    if (isOffline(address)) {
      answered(address);
      return Optional.empty();
    }
    change(address, state -> state.returned(clock.instant()));
    return Optional.ofNullable(links.get(address))
        .map(Link::state)
        .filter(TargetState::isCatchingUp)
        .map(state -> state.nameAt(address));
  }

  /** Whether what a target was admitted as is in the database. */
  synchronized boolean isKept(Address address) {
    var link = links.get(address);
    return link != null && link.state().identity() instanceof TargetState.Identity.Kept;
  }

  /** What a target was admitted as is in the database now; this may give it its name. */
  void kept(Address address) {
    change(address, TargetState::kept);
  }

  /** What became of a write; in ordinary use that changes nothing and costs nothing. */
  void wrote(String target, Optional<ValdException> failure) {
    if (failure.isPresent()) {
      failing.add(target);
      addressOf(target)
          .ifPresent(address ->
              change(
                  address,
                  state -> state.wroteInVain(failure.get().getMessage(), clock.instant())));
    } else if (failing.remove(target)) {
      addressOf(target).ifPresent(address -> change(address, TargetState::wrote));
    }
  }

  private synchronized Optional<Address> addressOf(String target) {
    return links.entrySet().stream()
        .filter(link -> link.getValue().state().isMember())
        .filter(link -> link.getValue().state().nameAt(link.getKey()).equals(target))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What operators hold from now on, and how; who is no target is not looked at. */
  synchronized void hold(Map<Address, Desired> wishes) {
    held = Map.copyOf(wishes);
    for (var address : links.keySet()) {
      if (isOffline(address) && links.get(address).state().isMember()) {
        change(address, state -> state.offline(clock.instant()));
      }
    }
    publish();
  }

  /** Whether the own site is removed; to be said before its targets leave, and after they join. */
  synchronized void remove(boolean isRemoved) {
    removed = isRemoved;
    publish();
  }

  private boolean isOffline(Address address) {
    return held.get(address) == Desired.OFFLINE;
  }

  /** A target has answered. */
  void answered(Address address) {
    change(address, state -> state.answered(clock.instant()));
  }

  /** All that a target missed when it {@link #returned} was brought to it. */
  void caughtUp(Address address) {
    change(address, state -> state.caughtUp(clock.instant()));
  }

  void failed(Address address, String why) {
    change(address, state -> state.failed(why, clock.instant()));
  }

  void refused(Address address, String why) {
    change(address, state -> state.refused(why, clock.instant()));
  }

  private synchronized void change(Address address, UnaryOperator<TargetState> step) {
    var link = links.get(address);
    if (link == null) {
      return;
    }
    var before = link.state();
    var after = step.apply(before);
    boolean renamed = !after.nameAt(address).equals(before.nameAt(address));
    var store = renamed ? link.peer().store(after.nameAt(address)) : link.store();
    links.put(address, new Link(link.peer(), store, after));
    boolean moved = before.standing() != after.standing();
    if (moved || before.health().phase() != after.health().phase()) {
      transitions.add(after.statusAt(address));
    }
    publish();
  }

  private Map<Address, Site> sitesBeside(Address address) {
    var sites = new HashMap<Address, Site>();
    links.forEach((other, link) -> {
      if (!other.equals(address) && link.state().isMember()) {
        link.state().site().ifPresent(site -> sites.put(other, site));
      }
    });
    return sites;
  }

  private void publish() {
    mesh =
        new Mesh(
            links.entrySet().stream()
                .filter(link -> link.getValue().state().isMember())
                .map(link -> member(link.getKey(), link.getValue()))
                .toList(),
            links.keySet().stream()
                .filter(held::containsKey)
                .map(address -> links.get(address).state().nameAt(address))
                .collect(Collectors.toSet()),
            removed);
  }

  private static Mesh.Member member(Address address, Link link) {
    return new Mesh.Member(
        link.state().nameAt(address), link.state().health().phase(), link.store());
  }
}
