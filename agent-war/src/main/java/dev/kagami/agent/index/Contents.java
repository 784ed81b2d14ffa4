package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import dev.kagami.agent.log.LogRecord;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that an agent holds in memory. It changes only by log records, so that replaying a log gives
 * the same contents again. {@link #perform} is guarded by the store's write lock; the rest may be
 * called from any thread.
 */
final class Contents {
  private final Versions versions = new Versions();
  private final Visible visible = new Visible();
  private final Pending pending = new Pending();
  private final Slots slots = new Slots();
  private final Readers readers = new Readers();
  private final Origins origins = new Origins();
  private final VectorChunks chunks;
  private volatile long lastChange;
  private volatile long lastFlush;

  // Guarded by the store's write lock.
  private long lastSettling;
  private Optional<Unsaved> unsaved = Optional.empty();

  Contents(VectorChunks chunks) {
    this.chunks = chunks;
  }

  VectorChunks chunks() {
    return chunks;
  }

  Visible visible() {
    return visible;
  }

  Pending pending() {
    return pending;
  }

  Slots slots() {
    return slots;
  }

  /** Who looks at slots; all others do so in the store's turn. */
  Readers readers() {
    return readers;
  }

  /** The log's number of the last version or mark. */
  long lastChange() {
    return lastChange;
  }

  /** The log's number of the last settled stamp; guarded by the store's write lock. */
  long lastSettling() {
    return lastSettling;
  }

  /** The log's number of the last flush; 0 if there was none since the last checkpoint. */
  long lastFlush() {
    return lastFlush;
  }

  /** Up to where everything was removed for good. */
  Stamp flushed() {
    return versions.flushed();
  }

  /** Up to where removals and undos may be forgotten. */
  Stamp trimmed() {
    return versions.trimmed();
  }

  Lineage lineage(VectorId id) {
    return versions.of(id);
  }

  /** Up to {@code limit} lineages from {@code cursor} on, by the hashes of their ids. */
  List<Lineage> lineages(HeadCursor cursor, int limit) {
    return versions.from(cursor, limit);
  }

  /** Which ids changed when. */
  ChangeList changes() {
    return versions.changes();
  }

  boolean isSettled(Stamp stamp) {
    return versions.isSettled(stamp);
  }

  /** Guarded by the store's write lock. */
  Stamp greatestStamp() {
    return versions.greatest();
  }

  /** Whether a version needs the vector in {@code slot}; once it is not needed, it never is. */
  boolean isNeeded(int slot) {
    return visible.isTaken(slot) && versions.of(visible.version(slot).head().id()).needs(slot);
  }

  /** The vector that readers see under {@code id}. */
  Optional<Vector> vector(VectorId id) {
    return readers.inside(() -> versions.of(id).vector(chunks));
  }

  /** All that is kept of {@code id}, with its vectors. */
  Kept kept(VectorId id) {
    return readers.inside(() -> versions.of(id).kept(chunks));
  }

  /** By which record of the log the vector in each slot came. */
  Origins origins() {
    return origins;
  }

  /** How far the stamps of each writer are decided; guarded by the store's write lock. */
  List<Stamp> settledUpTo() {
    return versions.settledUpTo();
  }

  /**
   * What changed since this was called last; the first time, changes begin to be noted. Guarded by
   * the store's write lock.
   */
  Unsaved takeUnsaved() {
    var before = unsaved.orElseGet(Unsaved::new);
    unsaved = Optional.of(new Unsaved());
    return before;
  }

  /**
   * Begins with what a checkpoint says of itself; then its versions and marks may be restored, by
   * several threads at once, into {@code count} slots.
   */
  void restore(CheckpointState state, int count) {
    state.settled().forEach(versions::settle);
    versions.see(state.greatest());
    versions.flushedUpTo(state.flushed());
    versions.trimmedUpTo(state.trimmed());
    lastChange = state.lastChange();
    versions.reserve(count);
    chunks.reserve(count);
    origins.reserve(count);
    visible.reserve(count);
    slots.restore(count);
  }

  /** Takes a version back that was kept before a restart, in any order. */
  void restore(SavedVersion saved, int slot) {
    var version = saved.version();
    boolean settled = saved.settled() || versions.isSettled(version.stamp());
    var stored = new StoredVersion(version.head(), saved.seq(), settled, slot);
    version
        .vector()
        .ifPresent(vector -> {
          chunks.put(slot, vector);
          origins.put(slot, saved.origin());
          visible.place(slot, stored);
        });
    if (!settled) {
      versions.restoreUndecided(stored);
    }
    versions.restore(version.id(), known -> known.restored(stored));
  }

  /** Takes a mark back that was kept before a restart, in any order. */
  void restore(SavedMark saved) {
    var mark = saved.mark();
    if (mark.stamp().compareTo(flushed()) > 0) {
      versions.restore(mark.id(), known -> known.restored(mark.stamp(), saved.seq()));
    }
  }

  /** Shows what was restored; the first {@code linked} slots need no linking. */
  void restored(int linked) {
    pending.restore(linked, slots.ever());
    for (var lineage : versions.restored()) {
      lineage.visible().ifPresent(version -> visible.show(version.slot(), version));
    }
  }

  /** Takes the change number {@code seq} into memory. */
  void perform(long seq, LogRecord record) {
    switch (record) {
      case LogRecord.Written(var version, var settled) -> write(seq, version, settled);
      case LogRecord.Voided(var mark) -> undo(seq, mark);
      case LogRecord.Settled(var upTo) -> settle(seq, upTo);
      case LogRecord.Trimmed(var upTo) -> versions.trimmedUpTo(upTo);
      case LogRecord.Forgotten(var id, var upTo) -> change(id, lineage -> lineage.trimmed(upTo));
      case LogRecord.Dropped(var id, var stamp) -> change(id, lineage -> lineage.dropped(stamp));
      case LogRecord.Flushed _ -> throw new IllegalStateException("a flush makes new contents");
    }
  }

  /**
   * Takes over what {@code before} has with stamps after {@code upTo}, in the order of its last
   * changes; these stay where they are in the log. Only for new contents, and the end of the ones
   * before, which are only read from now on.
   */
  void flush(long seq, Stamp upTo, Contents before) {
    versions.flush(before.versions, upTo);
    unsaved = before.unsaved;
    before.lineages(HeadCursor.START, Integer.MAX_VALUE).stream()
        .sorted(Comparator.comparingLong(Lineage::changeSeq))
        .forEach(lineage -> takeOver(lineage, lineage.after(upTo), before));
    lastSettling = before.lastSettling;
    lastChange = seq;
    lastFlush = seq;
  }

  private void takeOver(Lineage all, Lineage rest, Contents before) {
    unsaved.ifPresent(changes -> changes.note(all, rest));
    if (rest.heads().isEmpty()) {
      return;
    }
    var moved = rest.moved(version -> takeOver(version, before));
    unsaved.ifPresent(changes -> changes.moved(moved));
    moved.versions().stream()
        .filter(version -> !version.settled())
        .forEach(versions::awaitDecision);
    versions.replace(Lineage.nothing(moved.id()), moved);
    moved.visible().ifPresent(version -> visible.show(version.slot(), version));
  }

  private StoredVersion takeOver(StoredVersion version, Contents before) {
    if (version.slot() == StoredVersion.NO_SLOT) {
      return version;
    }
    int slot = slots.take();
    var moved = new StoredVersion(version.head(), version.seq(), version.settled(), slot);
    chunks.put(slot, before.chunks.vector(version.slot()));
    origins.put(slot, before.origins.of(version.slot()));
    visible.place(slot, moved);
    pending.publish(slot);
    return moved;
  }

  private void write(long seq, Version version, boolean settled) {
    var before = versions.of(version.id());
    var known = version.vector().flatMap(vector -> slotOf(before, vector));
    boolean isNew = known.isEmpty() && !version.isTombstone();
    int slot = isNew ? slots.take() : known.orElse(StoredVersion.NO_SLOT);
    var stored = new StoredVersion(version.head(), seq, settled, slot);
    if (isNew) {
      chunks.put(slot, version.vector().orElseThrow());
      origins.put(slot, seq);
      visible.place(slot, stored);
    }
    if (!settled) {
      versions.awaitDecision(stored);
    }
    versions.see(version.stamp());
    lastChange = seq;
    replace(before, before.with(stored), isNew ? slot : StoredVersion.NO_SLOT);
  }

  /** The same vector at another time stays where it is, and needs no linking. */
  private Optional<Integer> slotOf(Lineage lineage, Vector vector) {
    return lineage.visible().map(StoredVersion::slot).filter(slot -> chunks.holds(slot, vector));
  }

  private void undo(long seq, VoidMark mark) {
    versions.see(mark.stamp());
    lastChange = seq;
    change(mark.id(), lineage -> lineage.voided(mark.stamp(), seq));
  }

  private void settle(long seq, Stamp upTo) {
    versions.see(upTo);
    lastSettling = seq;
    for (var id : versions.settle(upTo)) {
      change(id, lineage -> lineage.settled(versions::isSettled, seq));
    }
  }

  /** A change that brings no vector. */
  private void change(VectorId id, UnaryOperator<Lineage> after) {
    var before = versions.of(id);
    replace(before, after.apply(before), StoredVersion.NO_SLOT);
  }

  /**
   * The new slot shows and can be found before the old one hides, so that no search in between
   * misses the id.
   */
  private void replace(Lineage before, Lineage after, int newSlot) {
    versions.replace(before, after);
    unsaved.ifPresent(changes -> changes.note(before, after));
    var now = after.visible();
    now.ifPresent(version -> visible.show(version.slot(), version));
    if (newSlot != StoredVersion.NO_SLOT) {
      pending.publish(newSlot);
    }
    before
        .visible()
        .map(StoredVersion::slot)
        .filter(slot -> now.isEmpty() || now.get().slot() != slot)
        .ifPresent(visible::hide);
  }
}
