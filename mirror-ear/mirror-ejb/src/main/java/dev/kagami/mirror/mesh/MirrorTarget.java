package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.transport.client.Address;
import java.time.Instant;

/**
 * What one source wants of one target. A source only ever changes its own rows, so an address has
 * up to one row for each source.
 *
 * @param since when the source last changed its mind
 */
public record MirrorTarget(
    Address address, Source source, Desired desired, Labels labels, Instant since) {

  /** Who wants something. */
  public enum Source {
    /** The configuration's list. */
    STATIC,
    /** An operator, by the admin REST or the console. */
    REST,
    /** ValdMirrorTarget resources of a Kubernetes cluster. */
    KUBERNETES,
    /** Peers that made their own peers known. */
    REGISTER
  }

  /** What is wanted. */
  public enum Desired {
    PRESENT,
    /** Said by an operator only: a target that is not brought what it misses. */
    PAUSED,
    /** Said by an operator only: a target that is sent no writes either, as if it were away. */
    OFFLINE,
    /** Said by an operator only: whatever other sources want, no target. */
    REMOVED,
    /** Said by an operator only: no longer removed, and a target if another source wants it. */
    READMITTED,
    /** Said by an operator only: not used at this site, which may reach the other another way. */
    UNUSED;

    /** Whether what a target misses waits for the operator. */
    public boolean isHeld() {
      return this == PAUSED || this == OFFLINE;
    }
  }

  /**
   * What a ValdMirrorTarget resource says beside the address; empty where a source has no such
   * word. Neither decides anything.
   */
  public record Labels(String colocation, String group) {
    public static final Labels NONE = new Labels("", "");

    public Labels {
      requireNonNull(colocation, "colocation");
      requireNonNull(group, "group");
    }
  }

  public MirrorTarget {
    requireNonNull(address, "address");
    requireNonNull(source, "source");
    requireNonNull(desired, "desired");
    requireNonNull(labels, "labels");
    requireNonNull(since, "since");
    if (desired != Desired.PRESENT && source != Source.REST) {
      throw new IllegalArgumentException(
          "only an operator makes a target " + desired + ", not " + source + ": " + address);
    }
  }

  /** A target that {@code source} wants from {@code now} on. */
  public static MirrorTarget wanted(Address address, Source source, Instant now) {
    return new MirrorTarget(address, source, Desired.PRESENT, Labels.NONE, now);
  }

  /** An operator's word that there is no such target, whoever else wants it. */
  public static MirrorTarget removed(Address address, Instant now) {
    return new MirrorTarget(address, Source.REST, Desired.REMOVED, Labels.NONE, now);
  }

  /** An operator's word that it is removed no more. */
  static MirrorTarget readmitted(Address address, Instant now) {
    return new MirrorTarget(address, Source.REST, Desired.READMITTED, Labels.NONE, now);
  }

  /** An operator's word that a target is to wait. */
  static MirrorTarget held(Address address, Desired held, Instant now) {
    return new MirrorTarget(address, Source.REST, held, Labels.NONE, now);
  }

  /** An operator's word that an address is not used at this site. */
  static MirrorTarget unused(Address address, Instant now) {
    return new MirrorTarget(address, Source.REST, Desired.UNUSED, Labels.NONE, now);
  }

  /** Whether somebody wants it to be a target. */
  boolean isWish() {
    return desired != Desired.READMITTED && !isRefused();
  }

  /** Whether an operator wants no target there, whoever else does. */
  public boolean isRefused() {
    return desired == Desired.REMOVED || desired == Desired.UNUSED;
  }

  boolean isRemoval() {
    return desired == Desired.REMOVED;
  }
}
