package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.List;

/**
 * What an origin remembers of one transaction: enough to undo it or to see that it stands, and no
 * vector.
 *
 * @param stamp the transaction
 * @param timestamp the time of the version that it writes
 * @param targets names of the targets that it was forwarded to, for people to read
 */
public record JournalEntry(
    Stamp stamp, Timestamp timestamp, VectorId id, Kind kind, List<String> targets, Status status) {

  /** What the user asked for. */
  public enum Kind {
    INSERT,
    UPDATE,
    UPSERT,
    REMOVE;

    static Kind of(Mutation mutation) {
      return switch (mutation) {
        case Mutation.Insert _ -> INSERT;
        case Mutation.Update _ -> UPDATE;
        case Mutation.Upsert _ -> UPSERT;
        case Mutation.Remove _ -> REMOVE;
      };
    }
  }

  /** How far it has come, in the words of MicroProfile LRA's participants. */
  public enum Status {
    /** Intended, perhaps forwarded, not decided. */
    ACTIVE,
    /** Stands for good, or was refused by all and so left nothing behind. */
    COMPLETED,
    /** Will be undone, whatever happens; some site has not acknowledged the undo yet. */
    COMPENSATING,
    /** Undone everywhere, or wherever it is not yet, the loop brings the undo. */
    COMPENSATED
  }

  public JournalEntry {
    targets = List.copyOf(targets);
  }

  /** The intent to forward {@code mutation}, which is stamped, to {@code targets}. */
  public static JournalEntry active(Mutation mutation, List<String> targets) {
    var time = mutation.time();
    return new JournalEntry(
        time.stamp(), time.timestamp(), mutation.id(), Kind.of(mutation), targets, Status.ACTIVE);
  }

  public JournalEntry with(Status now) {
    return new JournalEntry(stamp, timestamp, id, kind, targets, now);
  }

  /** Whether nothing is left to do, so that the entry may be forgotten. */
  public boolean isEnded() {
    return switch (status) {
      case ACTIVE, COMPENSATING -> false;
      case COMPLETED, COMPENSATED -> true;
    };
  }

  VoidMark undo() {
    return new VoidMark(id, stamp);
  }

  boolean isOlderThan(Version version) {
    int byTime = timestamp.compareTo(version.timestamp());
    return byTime < 0 || (byTime == 0 && stamp.compareTo(version.stamp()) < 0);
  }
}
