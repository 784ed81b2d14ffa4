package dev.kagami.agent.index;

import dev.kagami.agent.log.LogRecord;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Applied.Standing;
import dev.kagami.core.store.ExistenceCheck;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a write, and has it recorded. All methods must be called in the ledger's
 * turn; they throw what no durable record has to stand behind.
 */
final class Writes {
  private static final Logger LOGGER = System.getLogger(Writes.class.getName());

  private final AgentIdentity identity;
  private final Ledger ledger;
  private final HybridClock clock;

  Writes(AgentIdentity identity, Ledger ledger, HybridClock clock) {
    this.identity = identity;
    this.ledger = ledger;
    this.clock = clock;
  }

  Answer<Applied> apply(Mutation mutation) {
    checkClock(mutation.time().stamp());
    undoEarlierAttempt(mutation);
    var before = contents().lineage(mutation.id());
    try {
      return applyTo(before, mutation);
    } catch (ValdException refusal) {
      return Answer.refused(refusal, before.lastSeq());
    }
  }

  private Answer<Applied> applyTo(Lineage before, Mutation mutation) {
    var stamp = mutation.time().stamp();
    var newest = before.newest().map(StoredVersion::head);
    if (before.isVoid(stamp)) {
      throw new Aborted("the write " + stamp + " of uuid " + mutation.id() + " was undone");
    }
    if (before.find(stamp).isPresent()) {
      return applied(Standing.TOP, newest, mutation.id(), before.lastSeq());
    }
    if (mutation.time().isStamped() && isFlushed(stamp)) {
      var tombstone = Head.flushed(mutation.id(), contents().flushed());
      return applied(
          Standing.SUPERSEDED, Optional.of(tombstone), mutation.id(), contents().lastFlush());
    }
    checkAge(mutation);
    ExistenceCheck.judge(mutation, newest, () -> isSameContent(before, mutation));
    var version = stamped(mutation, newest).version();
    var standing = before.standingOf(version.head());
    if (standing == Standing.SUPERSEDED) {
      return applied(standing, newest, mutation.id(), before.lastSeq());
    }
    boolean settled = !mutation.time().isStamped() || contents().isSettled(stamp);
    long seq = ledger.perform(new LogRecord.Written(version, settled));
    return applied(standing, newest, mutation.id(), seq);
  }

  Answer<Void> revoke(VoidMark mark) {
    return Answer.of(undo(mark));
  }

  Answer<Void> settle(Stamp upTo) {
    return Answer.of(
        contents().isSettled(upTo)
            ? contents().lastSettling()
            : ledger.perform(new LogRecord.Settled(upTo)));
  }

  /**
   * Removes everything up to {@code upTo}.
   *
   * @param upTo {@link Stamp#NONE} for now
   */
  Answer<Void> flush(Stamp upTo) {
    if (!upTo.isNone() && isFlushed(upTo)) {
      return Answer.of(contents().lastFlush());
    }
    var stamp = upTo.isNone() ? clock.next() : upTo;
    checkClock(stamp);
    return Answer.of(ledger.perform(new LogRecord.Flushed(stamp)));
  }

  /** Lets go of those of {@code copies} that are newest here, and settled. */
  Answer<List<VectorId>> drop(List<Head> copies) {
    var dropped = new ArrayList<VectorId>();
    long last = 0;
    for (var copy : copies) {
      if (contents().lineage(copy.id()).isDroppable(copy)) {
        last = ledger.perform(new LogRecord.Dropped(copy.id(), copy.stamp()));
        dropped.add(copy.id());
      }
    }
    return Answer.of(dropped, last);
  }

  /** Who copies a version knows all that there is of its id; who forwards one does not. */
  private void checkAge(Mutation mutation) {
    var stamp = mutation.time().stamp();
    if (mutation.time().isStamped()
        && !mutation.condition().isUnconditional()
        && stamp.compareTo(contents().trimmed()) <= 0) {
      throw new FailedPrecondition(
          "the write "
              + stamp
              + " of uuid "
              + mutation.id()
              + " comes so late that its undo may have been forgotten");
    }
  }

  private boolean isFlushed(Stamp stamp) {
    return stamp.compareTo(contents().flushed()) <= 0;
  }

  private Contents contents() {
    return ledger.contents();
  }

  private void undoEarlierAttempt(Mutation mutation) {
    var earlier = mutation.time().voids();
    if (!earlier.isNone()) {
      var _ = undo(new VoidMark(mutation.id(), earlier));
    }
  }

  private long undo(VoidMark mark) {
    if (isFlushed(mark.stamp())) {
      return contents().lastFlush();
    }
    var before = contents().lineage(mark.id());
    if (before.isVoid(mark.stamp())) {
      return before.lastSeq();
    }
    if (before.find(mark.stamp()).filter(StoredVersion::settled).isPresent()) {
      var message = "write " + mark.stamp() + " of uuid " + mark.id() + " is settled";
      LOGGER.log(Level.ERROR, "REFUSED TO UNDO WHAT IS DECIDED FOR GOOD: {0}", message);
      throw new FailedPrecondition(message);
    }
    return ledger.perform(new LogRecord.Voided(mark));
  }

  private void checkClock(Stamp stamp) {
    if (!stamp.isNone() && !clock.observe(stamp)) {
      throw new FailedPrecondition(
          "clock: stamp " + stamp + " is too far ahead of agent " + identity.name());
    }
  }

  private boolean isSameContent(Lineage before, Mutation mutation) {
    return before
        .visible()
        .filter(version -> contents().chunks().holds(version.slot(), mutation.content().get()))
        .isPresent();
  }

  /** A time of ours is later than what is there, whoever gave that its time. */
  private Mutation stamped(Mutation mutation, Optional<Head> newest) {
    var time = mutation.time();
    if (time.isStamped()) {
      return mutation;
    }
    var past = newest.map(Head::timestamp).orElse(new Timestamp(0));
    return mutation.at(time.stamped(time.isOfClient() ? clock.next() : clock.nextAfter(past)));
  }

  private Answer<Applied> applied(
      Standing standing, Optional<Head> previous, VectorId id, long seq) {
    return Answer.of(new Applied(standing, previous, identity.locationOf(id)), seq);
  }
}
