package dev.kagami.mirror.replication;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.IndexDetail;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.IndexProperty;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The way from one process to a site: requests and answers take their time. */
final class Link implements VectorStore {
  /** What becomes of requests whose sender dies while they are under way. */
  enum InFlight {
    LOST,
    LOST_AT_HOME,
    LOST_ABROAD,
    ARRIVE,
    ARRIVE_LATE
  }

  static final Duration LATE = Duration.ofSeconds(20);

  private final Scheduler world;
  private final Fuse sender;
  private final InFlight inFlight;
  private final boolean home;
  private final Duration delay;
  private final VectorStore there;

  /**
   * @param home whether the sender belongs to that site
   */
  Link(Scheduler world, Fuse sender, InFlight inFlight, boolean home, World.Site to) {
    this.world = world;
    this.sender = sender;
    this.inFlight = inFlight;
    this.home = home;
    this.delay = Duration.ofMillis(to.number());
    this.there = to.door();
  }

  private <R> CompletionStage<R> carry(Supplier<CompletionStage<R>> request) {
    var answer = new CompletableFuture<R>();
    sender.run(() -> world.after(delay, () -> arrive(request, answer)));
    return answer;
  }

  private <R> void arrive(Supplier<CompletionStage<R>> request, CompletableFuture<R> answer) {
    if (!sender.isBurnt()) {
      deliver(request, answer);
      return;
    }
    switch (inFlight) {
      case LOST -> {}
      case LOST_AT_HOME -> deliverIf(!home, request, answer);
      case LOST_ABROAD -> deliverIf(home, request, answer);
      case ARRIVE -> deliver(request, answer);
      case ARRIVE_LATE -> world.after(LATE, () -> deliver(request, answer));
    }
  }

  private <R> void deliverIf(
      boolean arrives, Supplier<CompletionStage<R>> request, CompletableFuture<R> answer) {
    if (arrives) {
      deliver(request, answer);
    }
  }

  private <R> void deliver(Supplier<CompletionStage<R>> request, CompletableFuture<R> answer) {
    request
        .get()
        .whenComplete((value, failure) -> world.after(delay, () -> end(answer, value, failure)));
  }

  private <R> void end(CompletableFuture<R> answer, R value, Throwable failure) {
    if (sender.isBurnt()) {
      return;
    }
    if (failure == null) {
      answer.complete(value);
    } else {
      answer.completeExceptionally(
          failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
    }
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return carry(() -> there.apply(mutation, context));
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return carry(() -> there.revoke(mark, context));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return carry(() -> there.settle(settled, context));
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return carry(() -> there.trim(horizon, context));
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return carry(() -> there.find(id, context));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return carry(() -> there.search(query, context));
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return carry(() -> there.indexInfo(context));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return carry(() -> there.maintain(task, context));
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return carry(() -> there.flush(upTo, context));
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return carry(() -> there.indexDetail(context));
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return carry(() -> there.statistics(context));
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return carry(() -> there.properties(context));
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return carry(() -> there.changeLogs(context));
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return carry(() -> there.changesSince(position, limit, context));
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return carry(() -> there.heads(cursor, limit, context));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return carry(() -> there.lacking(offered, context));
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return carry(() -> there.findAll(ids, context));
  }
}
