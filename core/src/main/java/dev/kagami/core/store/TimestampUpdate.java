package dev.kagami.core.store;

import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Moves the timestamp of one vector and leaves its numbers: a new version of the vector that
 * readers see, stored only while they still see it. Works on any store.
 *
 * <p>A timestamp never goes back: sites and replicas order versions by it.
 */
public final class TimestampUpdate {
  /** A vector that is written once more between reading and storing is read again so often. */
  private static final int ATTEMPTS = 3;

  private final VectorStore store;
  private final VectorId id;
  private final Timestamp timestamp;
  private final Force force;
  private final CallContext context;

  /** What a timestamp that is not newer is told. */
  public enum Force {
    /** That a newer one exists. */
    NOT_FORCED,
    /** That there is no way back. */
    FORCED
  }

  private TimestampUpdate(
      VectorStore store, VectorId id, Timestamp timestamp, Force force, CallContext context) {
    this.store = store;
    this.id = id;
    this.timestamp = timestamp;
    this.force = force;
    this.context = context;
  }

  /**
   * Where the vector is.
   *
   * <p>Fails with {@link NotFound} if there is none, with {@link AlreadyExists} if its time is not
   * before {@code timestamp}, or {@link InvalidArgument} if an earlier one is to be forced, and
   * with {@link Aborted} if it is written again and again meanwhile.
   *
   * @throws InvalidArgument if {@code timestamp} is not after 1970
   */
  public static CompletionStage<Location> run(
      VectorStore store, VectorId id, Timestamp timestamp, Force force, CallContext context) {
    if (timestamp.unixNanos() <= 0) {
      throw new InvalidArgument(
          "timestamp",
          "invalid timestamp detected: " + timestamp.unixNanos() + " is not after 1970");
    }
    return new TimestampUpdate(store, id, timestamp, force, context).attempt(ATTEMPTS);
  }

  private CompletionStage<Location> attempt(int left) {
    return store
        .find(id, context)
        .thenCompose(kept -> store.apply(update(kept), context))
        .thenApply(this::location)
        .exceptionallyCompose(failure ->
            StageFailure.cause(failure) instanceof Aborted && left > 1
                ? attempt(left - 1)
                : CompletableFuture.failedStage(StageFailure.cause(failure)));
  }

  private Mutation update(Kept kept) {
    var visible =
        kept.visible().orElseThrow(() -> new NotFound("uuid " + id + "'s data not found"));
    if (!timestamp.isAfter(visible.timestamp())) {
      throw tooOld(visible);
    }
    return new Mutation.Update(
        id,
        visible.vector().orElseThrow(),
        WriteTime.ofClient(timestamp),
        Mutation.Condition.ifStill(visible.head()));
  }

  private ValdException tooOld(Version visible) {
    if (force == Force.FORCED && visible.timestamp().isAfter(timestamp)) {
      return new InvalidArgument(
          "timestamp",
          "uuid "
              + id
              + " is of "
              + visible.timestamp().toInstant()
              + " already; a timestamp cannot be moved back");
    }
    return newerExists();
  }

  private AlreadyExists newerExists() {
    return new AlreadyExists("uuid " + id + "'s newer timestamp already exists");
  }

  private Location location(Applied applied) {
    if (!applied.isNewest()) {
      throw newerExists();
    }
    return applied.location();
  }
}
