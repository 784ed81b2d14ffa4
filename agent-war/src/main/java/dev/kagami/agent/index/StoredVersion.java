package dev.kagami.agent.index;

import dev.kagami.core.store.Head;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.Vector;
import java.util.Optional;

/**
 * One version as the index keeps it: its floats lie in a slot.
 *
 * @param seq its place in the log
 * @param settled decided for good: it will never be voided
 * @param slot where its vector is, {@link #NO_SLOT} for a tombstone
 */
record StoredVersion(Head head, long seq, boolean settled, int slot) {
  static final int NO_SLOT = -1;

  /** This version with its vector, which lies in {@code chunks}. */
  Kept.Entry entry(VectorChunks chunks) {
    var vector = head.isVector() ? Optional.of(chunks.vector(slot)) : Optional.<Vector>empty();
    return new Kept.Entry(new Version(head.id(), head.timestamp(), head.stamp(), vector), settled);
  }

  /** This version, decided for good. */
  StoredVersion decided() {
    return settled ? this : new StoredVersion(head, seq, true, slot);
  }
}
