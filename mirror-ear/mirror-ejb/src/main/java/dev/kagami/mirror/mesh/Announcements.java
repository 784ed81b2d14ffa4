package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.transport.client.Address;
import java.util.ArrayList;
import java.util.List;

/** Judges the lists in which mirrors make their targets known. Pure. */
final class Announcements {
  private final Address own;
  private final AddressRules rules;

  Announcements(Address own, AddressRules rules) {
    this.own = own;
    this.rules = rules;
  }

  /**
   * The addresses, if all of them may be targets; the own one is left out unjudged.
   *
   * @throws InvalidArgument if there is none, there are more than {@value
   *     TargetRegistry#MAX_TARGETS}, or one cannot be a target
   */
  List<Address> check(List<Announced> announced) {
    if (announced.isEmpty()) {
      throw new InvalidArgument("targets", "no target is given; give at least the caller's own");
    }
    if (announced.size() > TargetRegistry.MAX_TARGETS) {
      throw new InvalidArgument(
          "targets",
          announced.size() + " targets are given; " + TargetRegistry.MAX_TARGETS + " are possible");
    }
    var addresses = new ArrayList<Address>();
    for (int i = 0; i < announced.size(); i++) {
      var one = announced.get(i);
      if (!isOwn(one)) {
        addresses.add(rules.check(one.host(), one.port(), "targets[" + i + "]"));
      }
    }
    return addresses;
  }

  private boolean isOwn(Announced announced) {
    return announced.port() == own.port() && announced.host().equalsIgnoreCase(own.host());
  }
}
