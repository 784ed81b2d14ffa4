package dev.kagami.mirror.mesh;

import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of one target, from its first call on. Immutable.
 *
 * @param identity the site it stands for
 * @param standing whether it counts as a target
 * @param reason as in {@link TargetStatus}
 * @param since as in {@link TargetStatus}
 */
record TargetState(
    Identity identity, TargetHealth health, Standing standing, String reason, Instant since) {

  /** The site a target stands for. */
  sealed interface Identity {
    /** It was never admitted. */
    record Nobody() implements Identity {}

    /** It was admitted, but after a crash nobody would remember. */
    record Fresh(Site site) implements Identity {}

    /** It was admitted, and that is in the database. */
    record Kept(Site site) implements Identity {}

    /** It is redundant, since this site is a member under another address. */
    record Twin(Site site) implements Identity {}
  }

  static TargetState pending(HealthLimits limits, Optional<Site> kept, Instant now) {
    var identity = kept.<Identity>map(Identity.Kept::new).orElseGet(Identity.Nobody::new);
    return new TargetState(
        identity, TargetHealth.pending(limits), Standing.MEMBER, "not called yet", now);
  }

  /**
   * Of an address that was found redundant before, and counts so until it shows itself to be
   * another: an old name of this site that leads nowhere now must not hold up writes.
   */
  static TargetState stillRedundant(
      HealthLimits limits, Optional<Site> twin, String why, Instant now) {
    var health = TargetHealth.pending(limits).refused();
    return new TargetState(twinOf(twin), health, Standing.REDUNDANT, why, now);
  }

  private static Identity twinOf(Optional<Site> member) {
    return member.<Identity>map(Identity.Twin::new).orElseGet(Identity.Nobody::new);
  }

  /** The site that it was admitted as, or that it is redundant for. */
  Optional<Site> site() {
    return switch (identity) {
      case Identity.Nobody() -> Optional.empty();
      case Identity.Fresh(var site) -> Optional.of(site);
      case Identity.Kept(var site) -> Optional.of(site);
      case Identity.Twin(var site) -> Optional.of(site);
    };
  }

  /** The site that it was admitted as: it may not become another. */
  Optional<Site> admittedAs() {
    return switch (identity) {
      case Identity.Nobody(), Identity.Twin(_) -> Optional.empty();
      case Identity.Fresh(var site) -> Optional.of(site);
      case Identity.Kept(var site) -> Optional.of(site);
    };
  }

  /** The member whose place it takes when that is one no more. */
  Optional<Site> twin() {
    return identity instanceof Identity.Twin(var site) ? Optional.of(site) : Optional.empty();
  }

  /**
   * The name that messages and the journal use: the site's once that is kept, and the address
   * before, when nothing is sent to it yet.
   */
  String nameAt(Address address) {
    return switch (identity) {
      case Identity.Nobody(), Identity.Fresh(_), Identity.Twin(_) -> address.toString();
      case Identity.Kept(var site) -> site.name();
    };
  }

  boolean isMember() {
    return standing == Standing.MEMBER;
  }

  boolean isConnected() {
    return isMember() && health.phase() == TargetPhase.CONNECTED;
  }

  boolean isCatchingUp() {
    return isMember() && health.phase() == TargetPhase.CATCHING_UP;
  }

  /** It may stand for {@code site}, but is not in use yet. */
  TargetState admitted(Site site) {
    var admitted = identity instanceof Identity.Kept ? identity : new Identity.Fresh(site);
    return new TargetState(admitted, health, Standing.MEMBER, reason, since);
  }

  /** What it was admitted as is in the database now. */
  TargetState kept() {
    var kept = admittedAs().<Identity>map(Identity.Kept::new).orElse(identity);
    return new TargetState(kept, health, standing, reason, since);
  }

  /** It has answered; what it may have missed is another matter. */
  TargetState answered(Instant now) {
    return next(health.answered(), Standing.MEMBER, reason, now);
  }

  /** It has answered, and begins to catch up if it was not connected and may be. */
  TargetState returned(Instant now) {
    var after = health.returned(now);
    return next(after, Standing.MEMBER, whyNot(after), now);
  }

  /** It has taken a write, or judged it. */
  TargetState wrote() {
    return new TargetState(identity, health.wrote(), standing, reason, since);
  }

  /** It has not taken a write that the own cluster has. */
  TargetState wroteInVain(String why, Instant now) {
    var after = health.wroteInVain(now);
    boolean lost = after.phase() != health.phase();
    return next(after, standing, lost ? "it takes no writes: " + why : reason, now);
  }

  /** An operator has taken it offline. */
  TargetState offline(Instant now) {
    return next(health.offline(), standing, "taken offline by an operator", now);
  }

  /** It has all that it missed. */
  TargetState caughtUp(Instant now) {
    var after = health.caughtUp(now);
    return next(after, standing, isCatchingUp() ? "" : reason, now);
  }

  private static String whyNot(TargetHealth health) {
    return switch (health.phase()) {
      case CONNECTED -> "";
      case CATCHING_UP -> "it is being brought what it missed";
      case PENDING, DISCONNECTED, UNKNOWN ->
          "it answers, but was lost too often; it is connected again from "
              + health.flapping().until()
              + " on";
    };
  }

  /** A redundant address may fail as it likes. */
  TargetState failed(String why, Instant now) {
    return switch (standing) {
      case MEMBER -> next(health.failed(now), standing, why, now);
      case REDUNDANT -> this;
    };
  }

  TargetState refused(String why, Instant now) {
    return next(health.refused(), Standing.MEMBER, why, now);
  }

  /**
   * It is no target at all.
   *
   * @param twin the member that it is, if it is not this site itself
   */
  TargetState redundant(Optional<Site> twin, String why, Instant now) {
    var found = next(health.refused(), Standing.REDUNDANT, why, now);
    return new TargetState(twinOf(twin), found.health(), Standing.REDUNDANT, why, found.since());
  }

  private TargetState next(TargetHealth changed, Standing stands, String why, Instant now) {
    return new TargetState(
        identity, changed, stands, why, changed.phase() == health.phase() ? since : now);
  }

  TargetStatus statusAt(Address address) {
    return new TargetStatus(address, site(), standing, health.phase(), reason, since);
  }
}
