package dev.kagami.mirror.mesh;

import static java.util.function.Predicate.not;

import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what sources tell, what is stored and what is live, and says what to do about it.
 * Level-triggered: it needs no history, may run at any time, and after its actions finds nothing to
 * do. Pure; used once.
 */
final class TargetReconciler {

  /** One thing to do. */
  sealed interface Action {
    /** A source wants a target that has no such row of its yet. */
    record Store(MirrorTarget target) implements Action {}

    /** A source does not want it any more. */
    record Delete(MirrorTarget target) implements Action {}

    /** Wanted and not live. */
    record Join(Address address) implements Action {}

    /** Live and not wanted. */
    record Leave(Address address) implements Action {}
  }

  private final List<Action> actions = new ArrayList<>();
  private final Address own;
  private final List<MirrorTarget> rows;
  private final Instant now;

  private TargetReconciler(Address own, Collection<MirrorTarget> stored, Instant now) {
    this.own = own;
    this.rows = new ArrayList<>(stored);
    this.now = now;
  }

  /**
   * What is to be done so that the stored rows and the live targets are as they should be.
   *
   * @param own this mirror's address, which is never a target; who is removed has none
   * @param sources those that tell all their targets; a source that cannot now changes nothing
   * @param stored the rows of all sources
   */
  static List<Action> reconcile(
      Address own,
      Collection<TargetSource> sources,
      Collection<MirrorTarget> stored,
      Set<Address> live,
      Instant now) {
    var reconciler = new TargetReconciler(own, stored, now);
    for (var source : sources) {
      source.targets().ifPresent(told -> reconciler.compare(source.source(), told));
    }
    reconciler.compare(live);
    return reconciler.actions;
  }

  private void compare(Source source, List<MirrorTarget> told) {
    var addresses = told.stream().map(MirrorTarget::address).collect(Collectors.toSet());
    rowsOf(source).stream().filter(row -> !addresses.contains(row.address())).forEach(this::giveUp);
    told.forEach(this::take);
  }

  /**
   * Who deletes a resource wants the target gone: left to what peers tell, it would be back with
   * their next call. Other wishes of this site's own operators are left alone.
   */
  private void giveUp(MirrorTarget row) {
    delete(row);
    if (row.source() == Source.KUBERNETES && rowsOf(row.address()).allMatch(this::isOfPeers)) {
      store(MirrorTarget.removed(row.address(), words().time(row.address(), now)));
    }
  }

  private boolean isOfPeers(MirrorTarget row) {
    return row.source() == Source.REGISTER || !row.isWish();
  }

  /**
   * A resource that was made after its target had been removed takes that back; Kubernetes tells
   * the second.
   */
  private void take(MirrorTarget told) {
    var known = rowsOf(told.address()).filter(row -> row.source() == told.source()).findFirst();
    if (known.isEmpty() && told.source() == Source.KUBERNETES) {
      takeBackRemoval(told.address(), told.since());
      takeBackRemoval(own, told.since());
    }
    if (known.map(MirrorTarget::labels).filter(told.labels()::equals).isEmpty()) {
      store(told);
    }
  }

  private void takeBackRemoval(Address address, Instant since) {
    rowsOf(address)
        .filter(MirrorTarget::isRefused)
        .filter(removal -> !removal.since().truncatedTo(ChronoUnit.SECONDS).isAfter(since))
        .findFirst()
        .ifPresent(_ -> store(MirrorTarget.readmitted(address, words().time(address, now))));
  }

  private OperatorWords words() {
    return new OperatorWords(rows);
  }

  private void compare(Set<Address> live) {
    var wanted = words().isRemoved(own) ? new LinkedHashSet<Address>() : wanted(rows);
    wanted.remove(own);
    live.stream().filter(not(wanted::contains)).map(Action.Leave::new).forEach(actions::add);
    wanted.stream().filter(not(live::contains)).map(Action.Join::new).forEach(actions::add);
  }

  private void store(MirrorTarget target) {
    actions.add(new Action.Store(target));
    rows.removeIf(row -> row.address().equals(target.address()) && row.source() == target.source());
    rows.add(target);
  }

  private void delete(MirrorTarget row) {
    actions.add(new Action.Delete(row));
    rows.remove(row);
  }

  private List<MirrorTarget> rowsOf(Source source) {
    return rows.stream().filter(row -> row.source() == source).toList();
  }

  private Stream<MirrorTarget> rowsOf(Address address) {
    return rows.stream().filter(row -> row.address().equals(address));
  }

  /** The addresses that some source wants and no operator has removed, in the order of the rows. */
  static Set<Address> wanted(Collection<MirrorTarget> rows) {
    var wanted =
        rows.stream()
            .filter(MirrorTarget::isWish)
            .map(MirrorTarget::address)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    rows.stream()
        .filter(MirrorTarget::isRefused)
        .map(MirrorTarget::address)
        .forEach(wanted::remove);
    return wanted;
  }
}
