package dev.kagami.mirror.replication;

import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.InvalidArgument;
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
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The store of a mirrored site. A user's write goes to the own cluster and to the targets that the
 * {@link Mode} says, and stands at all that have to take it or at none; what a peer forwards, and
 * every read, goes to the own cluster alone and is answered as it is. Thread-safe.
 *
 * <p>A write runs to its end whether or not its client still waits.
 */
public final class MirroredVectorStore implements VectorStore {
  private final Origin origin;
  private final VectorStore own;
  private volatile boolean closed;

  MirroredVectorStore(Origin origin) {
    this.origin = origin;
    this.own = origin.sites.own().store();
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return context.isForwarded() ? own.apply(mutation, context) : mirror(mutation, context);
  }

  private CompletionStage<Applied> mirror(Mutation mutation, CallContext context) {
    if (mutation.time().isStamped()) {
      throw new InvalidArgument("stamp", "a user's write brings no stamp of its own");
    }
    checkOpen(context);
    var reach = Reach.of(mode(context), origin.sites, origin.sites.mesh().get());
    Consumer<Receipt> told = receipt -> receipt.tell(context.metadata());
    return new Transaction(origin, mutation, reach, told, Stamp.NONE)
        .run(new Timestamp(0))
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(Report.answer(failure)));
  }

  private Mode mode(CallContext context) {
    return context
        .metadata()
        .asked(Mode.KEY)
        .map(name -> {
          try {
            return Mode.parse(name);
          } catch (IllegalArgumentException unknown) {
            throw new InvalidArgument(
                Mode.KEY, "there is no mode '" + name + "'; " + unknown.getMessage());
          }
        })
        .orElse(origin.mode);
  }

  /** {@inheritDoc} Every target has to be connected, else UNAVAILABLE and nothing is changed. */
  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    if (context.isForwarded()) {
      return own.flush(upTo, context);
    }
    checkOpen(context);
    var everySite = Reach.of(Mode.STRICT, origin.sites, origin.sites.mesh().get());
    return new SiteFlush(origin).run(everySite.sites());
  }

  private void checkOpen(CallContext context) {
    if (closed) {
      throw new Unavailable("the mirror is shutting down; nothing was changed");
    }
    int undecided = origin.recovery.undecided();
    if (undecided > 0) {
      throw new Unavailable(
          "the mirror is finding out how writes ended that its last stop cut short, "
              + undecided
              + " to go; nothing was changed, try again");
    }
    int owed = owedToOwn();
    if (owed >= origin.means.patience().mostOwed()) {
      throw new Unavailable(
          owed
              + " writes are still to be undone at the own cluster, which does not acknowledge"
              + " that; nothing was changed, try again when it does");
    }
    if (!origin.means.scheduler().instant().isBefore(context.deadline())) {
      throw new DeadlineExceeded("the deadline has passed already; nothing was changed");
    }
  }

  /** Hardly ever more than a few; so many that others matter too are counted one by one. */
  private int owedToOwn() {
    int owed = origin.compensator.owed();
    return owed < origin.means.patience().mostOwed()
        ? owed
        : origin.compensator.owedTo(origin.sites.own().name()).size();
  }

  /** From now on users' writes are refused. */
  void close() {
    closed = true;
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return own.revoke(mark, context);
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return own.settle(settled, context);
  }

  /** Of nobody: the own site alone knows who knows what of its changes. */
  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    throw new FailedPrecondition("a site forgets when its own mirror says so, and no other");
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return own.find(id, context);
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return own.search(query, context);
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return own.indexInfo(context);
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return own.maintain(task, context);
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return own.indexDetail(context);
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return own.statistics(context);
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return own.properties(context);
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return own.changeLogs(context);
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return own.changesSince(position, limit, context);
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return own.heads(cursor, limit, context);
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return own.lacking(offered, context);
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return own.findAll(ids, context);
  }
}
