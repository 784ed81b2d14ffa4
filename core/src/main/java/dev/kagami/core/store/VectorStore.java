package dev.kagami.core.store;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The one port of the system: something that answers requests about vectors, and by {@link Changes}
 * and {@link Inspection} tells what it holds.
 *
 * <p>No method blocks. A stage ends exceptionally with a {@link ValdException} and nothing else;
 * implementations may also throw one directly while the request is judged. All methods may be
 * called from any thread at once.
 */
public interface VectorStore extends Changes, Inspection {

  /**
   * Stores one version, durably.
   *
   * <p>Applying twice equals once: a stamp that is held already is answered as the newest. A write
   * without a stamp gets one from the store, which then is its origin and settles it at once.
   *
   * @return where the version stands; anything but {@link Applied.Standing#TOP} means that a newer
   *     version exists
   * @throws ValdException.AlreadyExists if a checked write meets the id, or the same data
   * @throws ValdException.NotFound if a checked write needs the id and it is not there
   * @throws ValdException.InvalidArgument if the vector does not fit the store
   * @throws ValdException.Aborted if the write's stamp carries a void mark already, or it is meant
   *     for a version that readers see no more
   * @throws ValdException.Unavailable if the store takes no writes now
   * @throws ValdException.FailedPrecondition if the write is not unconditional and its stamp lies
   *     within the {@link #trim} of before
   */
  CompletionStage<Applied> apply(Mutation mutation, CallContext context);

  /**
   * Undoes one write, durably, wherever it stands among its neighbours, and also if it has not
   * arrived yet. Revoking twice equals once.
   *
   * @throws ValdException.FailedPrecondition if the version is settled
   */
  CompletionStage<Void> revoke(VoidMark mark, CallContext context);

  /**
   * Learns that all stamps of {@code settled}'s writer up to and including {@code settled} are
   * decided for good, and their voids known here. Versions beneath them are then dropped.
   */
  CompletionStage<Void> settle(Stamp settled, CallContext context);

  /**
   * Removes every version, mark and tombstone with a stamp up to and including {@code upTo},
   * durably and for good: as a settled tombstone of that stamp, for every id. What arrives later
   * with such a stamp is superseded. Flushing twice equals once. It is never undone.
   *
   * @param upTo {@link Stamp#NONE} makes the store the origin, which gives a stamp of now
   * @throws ValdException.Unavailable if a part of the store cannot be reached; the others may have
   *     flushed
   */
  CompletionStage<Void> flush(Stamp upTo, CallContext context);

  /**
   * Forgets what lies within {@code horizon}: settled removals beneath which nothing is left, and
   * marks. What readers see stays as it is. From then on a conditional write with a stamp up to
   * {@link Horizon#upTo} is refused, as nobody remembers any more whether it was undone. Twice
   * equals once; a store that fails may have forgotten a part.
   *
   * @throws ValdException.Unavailable if a part of the store cannot be reached, or has missed
   *     something: it may hold what would come back
   */
  CompletionStage<Void> trim(Horizon horizon, CallContext context);

  /**
   * Lets go of copies that others hold, durably and without a trace: an id is then as if it had
   * never been here, but for its marks. Only what is still the newest of its id and settled is let
   * go, and only vectors; all else stays.
   *
   * @return the ids of which a copy was let go
   * @throws ValdException.FailedPrecondition if the store keeps several copies, and sees to their
   *     number itself
   * @throws ValdException.Unavailable if the store takes no writes now
   */
  default CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return CompletableFuture.failedStage(
        new FailedPrecondition("copies are dropped at a single agent"));
  }

  /** All that is kept of {@code id}; nothing is an answer, not an error. */
  CompletionStage<Kept> find(VectorId id, CallContext context);

  /**
   * The nearest visible vectors; an acknowledged write is found by the very next search.
   *
   * @return at most {@code num} hits, nearest first; empty if the store is empty or nothing lies
   *     within the radius
   * @throws ValdException.NotFound if the query names an id that is not there
   * @throws ValdException.DeadlineExceeded if time ran out with fewer hits than wanted
   */
  CompletionStage<SearchResult> search(SearchQuery query, CallContext context);

  /**
   * Does what an operator asked for, and ends when it is done.
   *
   * @throws ValdException.FailedPrecondition if {@link Maintenance#CREATE_INDEX} finds that nothing
   *     was written since the last one
   */
  CompletionStage<Void> maintain(Maintenance task, CallContext context);
}
