package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.TargetReconciler.Action;
import dev.kagami.transport.client.Address;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all sources want, and the one place where that changes. All methods but {@link #rows} block
 * on the database, never on a peer; each leaves the live targets as the rows want them.
 * Thread-safe.
 */
final class TargetRegistry {
  /** How many addresses may be known, removed ones included. */
  static final int MAX_TARGETS = 100;

  private static final System.Logger LOG = System.getLogger(TargetRegistry.class.getName());

  private final MirrorTargetRepository repository;
  private final Links links;
  private final Address own;
  private final List<TargetSource> sources;
  private final InstantSource clock;

  /** As they were last read; replaced under the lock. */
  private volatile List<MirrorTarget> rows = List.of();

  /**
   * @param own this mirror's address
   * @param sources those that tell all targets they want
   */
  TargetRegistry(
      MirrorTargetRepository repository,
      Links links,
      Address own,
      List<TargetSource> sources,
      InstantSource clock) {
    this.repository = repository;
    this.links = links;
    this.own = own;
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /** The rows of all sources, as last read. */
  List<MirrorTarget> rows() {
    return rows;
  }

  /** Reads the rows again, does what has to be done about them, and keeps what was seen. */
  synchronized void reconcile() {
    read();
    boolean isRemoved = words().isRemoved(own);
    if (isRemoved) {
      links.remove(true);
    }
    var actions =
        TargetReconciler.reconcile(own, sources, rows, links.addresses(), clock.instant());
    actions.forEach(this::perform);
    if (!actions.isEmpty()) {
      links.appointTwins();
      read();
    }
    links.hold(held());
    links.remove(isRemoved);
    for (var transition : links.takeTransitions()) {
      tell(transition);
      keep(transition.address());
    }
  }

  private Map<Address, Desired> held() {
    return rows.stream()
        .filter(row -> row.desired().isHeld())
        .collect(Collectors.toMap(MirrorTarget::address, MirrorTarget::desired));
  }

  private void perform(Action action) {
    switch (action) {
      case Action.Store(var target) -> repository.save(target);
      case Action.Delete(var target) -> repository.delete(target);
      case Action.Join(var address) -> links.join(address, lastSeen(address));
      case Action.Leave(var address) -> {
        links.leave(address);
        repository.deleteStatus(address);
      }
    }
  }

  /** Stores what is known of a target now, if it still is one. */
  synchronized void keep(Address address) {
    for (var status : links.statuses()) {
      if (status.address().equals(address)) {
        repository.saveStatus(status);
        links.kept(address);
      }
    }
  }

  /**
   * An operator wants a target; also takes back that it was removed.
   *
   * @throws ResourceExhausted if too many targets are known
   */
  synchronized void add(Address address) {
    read();
    checkRoom(Set.of(address));
    repository.save(MirrorTarget.wanted(address, Source.REST, timeOfWord(address)));
    if (words().isRemoved(own)) {
      repository.save(MirrorTarget.readmitted(own, timeOfWord(own)));
    }
    reconcile();
  }

  /**
   * An operator wants a target no more, whoever else does, nor the same site by another name.
   *
   * @throws NotFound if nobody wants it
   */
  synchronized void remove(Address address) {
    read();
    if (!TargetReconciler.wanted(rows).contains(address)) {
      throw new NotFound("there is no target " + address);
    }
    for (var each : links.namesOf(address)) {
      repository.save(MirrorTarget.removed(each, timeOfWord(each)));
    }
    reconcile();
  }

  /**
   * An operator does not want this address to be used here, whoever else does.
   *
   * @throws NotFound if nobody wants it
   */
  synchronized void drop(Address address) {
    read();
    if (!TargetReconciler.wanted(rows).contains(address)) {
      throw new NotFound("there is no target " + address);
    }
    repository.save(MirrorTarget.unused(address, timeOfWord(address)));
    reconcile();
  }

  private Instant timeOfWord(Address address) {
    return words().time(address, clock.instant());
  }

  /** What the operators of all sites have said, as last read. */
  OperatorWords words() {
    return new OperatorWords(rows);
  }

  /**
   * Operators of other sites have said this; what was said later here stays.
   *
   * @throws ResourceExhausted if too many targets would be known
   */
  synchronized void hear(Collection<Membership> told) {
    read();
    var news = words().news(told);
    checkRoom(news.stream().map(MirrorTarget::address).collect(Collectors.toSet()));
    for (var word : news) {
      LOG.log(
          Level.INFO,
          "An operator of another site {0} {1}",
          word.isRemoval() ? "has removed" : "has added again",
          word.address().equals(own) ? "this site" : "the target " + word.address());
      repository.save(word);
    }
    reconcile();
  }

  /**
   * An operator holds a target, or lets go of it.
   *
   * @param wish not {@link Desired#REMOVED}; {@link Desired#PRESENT} lets go
   * @throws NotFound if nobody wants it
   */
  synchronized void hold(Address address, Desired wish) {
    read();
    if (!TargetReconciler.wanted(rows).contains(address)) {
      throw new NotFound("there is no target " + address);
    }
    var row = MirrorTarget.held(address, wish, clock.instant());
    boolean wantedByOthers =
        rows.stream()
            .anyMatch(other -> other.address().equals(address) && other.source() != Source.REST);
    if (wish == Desired.PRESENT && wantedByOthers) {
      repository.delete(row);
    } else {
      repository.save(row);
    }
    reconcile();
  }

  /**
   * Peers know of these; what is known here already, or was removed, stays as it is.
   *
   * @throws ResourceExhausted if too many targets are known
   */
  synchronized void learn(Collection<Address> addresses) {
    read();
    var news = unknown(addresses);
    if (news.isEmpty()) {
      return;
    }
    checkRoom(news);
    for (var address : news) {
      LOG.log(Level.INFO, "A peer has made the target {0} known", address.toString());
      repository.save(MirrorTarget.wanted(address, Source.REGISTER, clock.instant()));
    }
    reconcile();
  }

  /** Those that have no row, the own address left out. */
  Set<Address> unknown(Collection<Address> addresses) {
    var known =
        rows.stream()
            .filter(row -> row.isWish() || row.isRefused())
            .map(MirrorTarget::address)
            .collect(Collectors.toSet());
    return addresses.stream()
        .filter(address -> !address.equals(own) && !known.contains(address))
        .collect(Collectors.toSet());
  }

  private void checkRoom(Set<Address> more) {
    var all = new HashSet<>(more);
    rows.forEach(row -> all.add(row.address()));
    if (all.size() > MAX_TARGETS) {
      throw new ResourceExhausted(
          "with "
              + more
              + " there would be "
              + all.size()
              + " targets, removed ones included; "
              + MAX_TARGETS
              + " are possible");
    }
  }

  private void read() {
    rows = repository.targets();
  }

  private Optional<TargetStatus> lastSeen(Address address) {
    return repository.statuses().stream()
        .filter(status -> status.address().equals(address))
        .findFirst();
  }

  private static Level levelOf(TargetPhase phase) {
    return switch (phase) {
      case PENDING, CATCHING_UP, CONNECTED -> Level.INFO;
      case DISCONNECTED, UNKNOWN -> Level.WARNING;
    };
  }

  private static void tell(TargetStatus transition) {
    LOG.log(
        levelOf(transition.phase()),
        "Target {0}{1} is {2}{3}",
        transition.address().toString(),
        transition.site().map(site -> ", " + site + ",").orElse(""),
        transition.phase(),
        transition.reason().isEmpty() ? "" : ": " + transition.reason());
  }
}
