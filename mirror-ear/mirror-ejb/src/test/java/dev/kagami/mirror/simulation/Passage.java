package dev.kagami.mirror.simulation;

import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Unavailable;
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
import dev.kagami.mirror.replication.Fuse;
import dev.kagami.mirror.simulation.Network.Repeat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store at another place of the network, as one process reaches it. */
final class Passage implements VectorStore {
  private final Route route;
  private final Supplier<Optional<VectorStore>> there;

  /**
   * From a process to a place.
   *
   * @param sender what a dead process sends does not leave, and what comes for it is lost
   */
  record Route(Network network, String from, String to, Fuse sender) {

    /** Asks what is {@code there} when the question arrives; nobody there refuses the call. */
    <P, R> CompletionStage<R> ask(
        Repeat repeat, Supplier<Optional<P>> there, Function<P, CompletionStage<R>> question) {
      var answer = new CompletableFuture<R>();
      sender.run(() ->
          network.send(
              from,
              to,
              repeat,
              () ->
                  there
                      .get()
                      .map(question)
                      .orElseGet(() ->
                          CompletableFuture.failedStage(new Unavailable(to + " refuses calls")))
                      .whenComplete((value, failure) ->
                          network.send(
                              to, from, Repeat.NEVER, () -> end(answer, value, failure)))));
      return answer;
    }

    /** The same, where asking twice is like asking once, and who is silent is given up. */
    <P, R> CompletionStage<R> askWithin(
        Duration limit, Supplier<Optional<P>> there, Function<P, CompletionStage<R>> question) {
      var answer = this.<P, R>ask(Repeat.POSSIBLE, there, question).toCompletableFuture();
      network.after(limit, () -> end(answer, null, new DeadlineExceeded(to + " has not answered")));
      return answer;
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
  }

  Passage(Route route, Supplier<Optional<VectorStore>> there) {
    this.route = route;
    this.there = there;
  }

  /**
   * A write whose existence is checked comes once: no connection repeats a message, and a second
   * copy would be judged by what is there then.
   */
  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    var repeat = mutation.condition().isUnconditional() ? Repeat.POSSIBLE : Repeat.NEVER;
    return route.ask(repeat, there, store -> store.apply(mutation, context));
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return ask(store -> store.revoke(mark, context));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return ask(store -> store.settle(settled, context));
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return ask(store -> store.trim(horizon, context));
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return ask(store -> store.find(id, context));
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return ask(store -> store.findAll(ids, context));
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return ask(store -> store.changeLogs(context));
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return ask(store -> store.changesSince(position, limit, context));
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return ask(store -> store.heads(cursor, limit, context));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return ask(store -> store.lacking(offered, context));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return ask(store -> store.search(query, context));
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return ask(store -> store.indexInfo(context));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return ask(store -> store.maintain(task, context));
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return ask(store -> store.flush(upTo, context));
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return ask(store -> store.indexDetail(context));
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return ask(store -> store.statistics(context));
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return ask(store -> store.properties(context));
  }

  /** Asking twice is like asking once. */
  private <R> CompletionStage<R> ask(Function<VectorStore, CompletionStage<R>> question) {
    return route.ask(Repeat.POSSIBLE, there, question);
  }
}
