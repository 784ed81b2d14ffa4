package dev.kagami.core.store;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Refuses, before anything changes anywhere, what no store of this space can hold, and turns an
 * exception that another store threw into a failed stage. Stands in front of every role.
 */
public final class CheckedVectorStore implements VectorStore {
  /** How far ahead of this process's clock a client's timestamp may be. */
  public static final Duration MAX_AHEAD = Duration.ofMinutes(10);

  private final VectorStore store;
  private final VectorSpace space;
  private final InstantSource clock;

  public CheckedVectorStore(VectorStore store, VectorSpace space, InstantSource clock) {
    this.store = store;
    this.space = space;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return guarded(() -> {
      mutation.content().ifPresent(space::check);
      if (!mutation.time().isStamped() && mutation.time().isOfClient()) {
        checkTime(mutation.time().timestamp());
      }
      return store.apply(mutation, context);
    });
  }

  private void checkTime(Timestamp timestamp) {
    if (timestamp.unixNanos() <= 0) {
      throw new InvalidArgument(
          "timestamp", "timestamp " + timestamp.unixNanos() + " is not after 1970; 0 means now");
    }
    var latest = Timestamp.of(clock.instant().plus(MAX_AHEAD));
    if (timestamp.isAfter(latest)) {
      throw new InvalidArgument(
          "timestamp",
          "timestamp " + timestamp.toInstant() + " is more than " + MAX_AHEAD + " ahead of now");
    }
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return guarded(() -> store.revoke(mark, context));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return guarded(() -> store.settle(settled, context));
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return guarded(() -> store.flush(upTo, context));
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return guarded(() -> store.trim(horizon, context));
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return guarded(() -> {
      checkCount(copies.size());
      return store.drop(copies, context);
    });
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return guarded(() -> store.find(id, context));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return guarded(() -> {
      switch (query.subject()) {
        case SearchQuery.Subject.OfVector(var vector) -> space.check(vector);
        case SearchQuery.Subject.OfId _ -> {}
      }
      return store.search(query, context);
    });
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return guarded(() -> store.indexInfo(context));
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return guarded(() -> store.indexDetail(context));
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return guarded(() -> store.statistics(context));
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return guarded(() -> store.properties(context));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return guarded(() -> store.maintain(task, context));
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return guarded(() -> store.changeLogs(context));
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return guarded(() -> store.changesSince(position, pageOf(limit), context));
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return guarded(() -> store.heads(cursor, pageOf(limit), context));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return guarded(() -> {
      checkCount(offered.size());
      return store.lacking(offered, context);
    });
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return guarded(() -> {
      checkCount(ids.size());
      return store.findAll(ids, context);
    });
  }

  private static int pageOf(int limit) {
    if (limit < 1) {
      throw new InvalidArgument("limit", "limit is " + limit + "; ask for 1 to " + MAX_PAGE);
    }
    return Math.min(limit, MAX_PAGE);
  }

  private static void checkCount(int ids) {
    if (ids > MAX_PAGE) {
      throw new InvalidArgument("ids", ids + " ids at once; ask for " + MAX_PAGE + " at most");
    }
  }

  private static <R> CompletionStage<R> guarded(Supplier<CompletionStage<R>> call) {
    try {
      return call.get();
    } catch (ValdException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }
}
