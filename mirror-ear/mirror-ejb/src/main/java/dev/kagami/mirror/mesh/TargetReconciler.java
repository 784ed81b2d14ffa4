package dev.kagami.mirror.mesh;

import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what is configured, stored and live, and says what to do about it. Level-triggered: it
 * needs no history, may run at any time, and after its actions finds nothing to do. Pure.
 */
final class TargetReconciler {
  private TargetReconciler() {}

  /** One thing to do. */
  sealed interface Action {
    /** The configuration wants a target that has no row of its own yet. */
    record Store(MirrorTarget target) implements Action {}

    /** The configuration does not want it any more. */
    record Delete(MirrorTarget target) implements Action {}

    /** Wanted and not live. */
    record Join(Address address) implements Action {}

    /** Live and not wanted. */
    record Leave(Address address) implements Action {}
  }

  /**
   * What is to be done so that the stored rows and the live targets are as they should be.
   *
   * @param own this mirror's address, which is never a target
   * @param configured the static list
   * @param stored the rows of all sources; only those of {@link Source#STATIC} are changed here
   */
  static List<Action> reconcile(
      Address own,
      Set<Address> configured,
      Collection<MirrorTarget> stored,
      Set<Address> live,
      Instant now) {
    var actions = new ArrayList<Action>();
    var rows = new ArrayList<>(stored);
    for (var row : stored) {
      if (row.source() == Source.STATIC && !configured.contains(row.address())) {
        actions.add(new Action.Delete(row));
        rows.remove(row);
      }
    }
    var known = addressesOf(rows, Source.STATIC);
    for (var address : configured) {
      if (!known.contains(address)) {
        var row = MirrorTarget.wanted(address, Source.STATIC, now);
        actions.add(new Action.Store(row));
        rows.add(row);
      }
    }
    var wanted = wanted(rows);
    wanted.remove(own);
    live.stream()
        .filter(address -> !wanted.contains(address))
        .forEach(address -> actions.add(new Action.Leave(address)));
    wanted.stream()
        .filter(address -> !live.contains(address))
        .forEach(address -> actions.add(new Action.Join(address)));
    return actions;
  }

  /** The addresses that some source wants and no operator has removed. */
  static Set<Address> wanted(Collection<MirrorTarget> rows) {
    var wanted = rows.stream().map(MirrorTarget::address).collect(Collectors.toSet());
    rows.stream()
        .filter(MirrorTarget::isRemoval)
        .map(MirrorTarget::address)
        .forEach(wanted::remove);
    return wanted;
  }

  private static Set<Address> addressesOf(Collection<MirrorTarget> rows, Source source) {
    return rows.stream()
        .filter(row -> row.source() == source)
        .map(MirrorTarget::address)
        .collect(Collectors.toSet());
  }
}
