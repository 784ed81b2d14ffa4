package dev.kagami.mirror.mesh;

import dev.kagami.core.store.Node;
import dev.kagami.core.store.Node.Description;
import dev.kagami.transport.client.Address;
import java.util.Map;
import java.util.Optional;

/** Whether a process that has introduced itself may be a target of this mirror. Pure. */
final class Admission {
  private Admission() {}

  /** The judgement on an introduction. */
  sealed interface Verdict {
    /** A mirror of another site that stores the same kind of vectors. */
    record Welcome(Site site) implements Verdict {}

    /** A wanted target that cannot be used as it is; it stays in the mesh, unconnected. */
    record Refused(String reason) implements Verdict {}

    /**
     * No target at all.
     *
     * @param twin the site, in the mesh already, that it is; none if it is this site itself
     */
    record Redundant(Optional<Site> twin, String reason) implements Verdict {}
  }

  /**
   * Judges what the process at a target says of itself.
   *
   * @param own what this mirror says of itself
   * @param before the site that was found at this target when it was last admitted
   * @param others the sites that other targets stand for
   */
  static Verdict judge(
      Description own, Description shown, Optional<Site> before, Map<Address, Site> others) {
    if (shown.role() != Node.Role.MIRROR) {
      return new Verdict.Refused("it is no mirror but of role " + shown.role());
    }
    Site site;
    try {
      site = Site.of(shown);
    } catch (IllegalArgumentException malformed) {
      return new Verdict.Refused("what it shows cannot be: " + malformed.getMessage());
    }
    if (before.isPresent() && !before.get().equals(site)) {
      return new Verdict.Refused(
          "it was "
              + before.get()
              + " and is "
              + site
              + " now; if that is meant, remove this target and add it again");
    }
    if (site.equals(Site.of(own))) {
      return new Verdict.Redundant(
          Optional.empty(), "it is this site itself, under another address");
    }
    if (site.clashesWith(Site.of(own))) {
      return clash(site, Site.of(own) + ", which is this one");
    }
    for (var other : others.entrySet()) {
      if (site.equals(other.getValue())) {
        return new Verdict.Redundant(
            Optional.of(site), "it is " + site + ", already known as " + other.getKey());
      }
      if (site.clashesWith(other.getValue())) {
        return clash(site, other.getValue() + " at " + other.getKey());
      }
    }
    return shown.space().equals(own.space())
        ? new Verdict.Welcome(site)
        : new Verdict.Refused(
            "it holds " + shown.space().words() + ", this site " + own.space().words());
  }

  private static Verdict clash(Site site, String other) {
    return new Verdict.Refused(
        "it is " + site + " beside " + other + "; each site needs a name and a number of its own");
  }
}
