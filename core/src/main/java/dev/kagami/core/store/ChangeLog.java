package dev.kagami.core.store;

import java.util.UUID;

/**
 * The order in which one agent learned of its versions and marks. No copy of the writes is kept: an
 * id stands in it once, at its last change.
 *
 * @param identity differs from that of any other log; an agent whose contents are lost or were
 *     restored begins a log with a new one
 * @param holder the name of its agent, for people
 * @param end a position here has everything, but for a flush
 * @param flushed the greatest stamp of a {@link VectorStore#flush}, {@link Stamp#NONE} if there was
 *     none; who lacks it has to flush, for what was removed is in no log
 */
public record ChangeLog(UUID identity, String holder, long end, Stamp flushed) {

  /** Whether {@code position} has everything that was in the log when this was told. */
  public boolean isReachedBy(ChangePosition position) {
    return position.log().equals(identity) && position.seq() >= end;
  }
}
