package dev.kagami.agent.index;

import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.IndexInfo;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The agent's store: everything in memory, searched through Lucene's graph, made durable by a log.
 *
 * <p>A write is decided, gets its number in the log and changes the memory in its turn, which lasts
 * microseconds; it is answered when the log has it on disk. So is a refusal that rests on what was
 * written before it. Reads do not wait: they may see a write some milliseconds before its answer.
 *
 * <p>Life cycle: {@link #open} reads checkpoint and log; {@link #close} ends linking and saving,
 * not the log.
 */
public final class LuceneVectorStore implements VectorStore, AutoCloseable {
  private static final int BEHIND = 1000;

  private final AgentIdentity identity;
  private final IndexSettings settings;
  private final IndexExecutors executors;
  private final Ledger ledger;
  private final Writes writes;
  private final Changes changes;
  private final Linker linker;
  private final Searcher searcher;
  private final Saver saver;

  /** The last change that a CREATE_INDEX knew of; read and written in the ledger's turn. */
  private long indexedChange;

  private volatile boolean readOnly;

  private LuceneVectorStore(
      AgentIdentity identity,
      IndexSettings settings,
      WriteAheadLog log,
      Saving saving,
      IndexExecutors executors,
      InstantSource wall) {
    this.identity = identity;
    this.settings = settings;
    this.executors = executors;
    var space = settings.space();
    var kernels = Kernels.best();
    var chunks =
        new VectorChunks(space.dimension(), space.metric().needsDirection(), kernels.lanes());
    var distances = new Distances(space.metric(), chunks, kernels);
    var contents = new Contents(chunks);
    var twins =
        new Twins(new Likeness(chunks, space.metric().needsDirection()), contents::isNeeded);
    var graph = new LiveGraph(distances.scorers(), twins, settings.connections(), settings.beam());
    this.linker = new Linker(contents.pending(), graph, contents::isNeeded, executors.linker());
    this.searcher = new Searcher(settings, contents, graph, distances, wall);
    this.ledger = new Ledger(log, contents, Recovery.run(saving.checkpoints(), contents));
    this.saver = new Saver(ledger, saving, wall);
    var clock = new HybridClock(wall, identity.writer(), contents.greatestStamp());
    this.writes = new Writes(identity, ledger, clock);
    this.changes = new LoggedChanges(identity, ledger);
  }

  /** A store without checkpoints: {@code log} is all there is. */
  public static LuceneVectorStore open(
      AgentIdentity identity,
      IndexSettings settings,
      WriteAheadLog log,
      IndexExecutors executors,
      InstantSource wall) {
    return open(identity, settings, log, Saving.NEVER, executors, wall);
  }

  /**
   * Reads the last checkpoint and {@code log} behind it, which takes its time, and starts linking.
   *
   * @param wall the wall clock behind the stamps of writes that come without one
   * @throws IllegalStateException if the checkpoint and the log are not of one agent and space
   */
  public static LuceneVectorStore open(
      AgentIdentity identity,
      IndexSettings settings,
      WriteAheadLog log,
      Saving saving,
      IndexExecutors executors,
      InstantSource wall) {
    var store = new LuceneVectorStore(identity, settings, log, saving, executors, wall);
    store.linker.wake();
    return store;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    mutation.content().ifPresent(settings.space()::check);
    return write(() -> {
      checkWritable();
      return writes.apply(mutation);
    });
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return write(() -> writes.revoke(mark));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return write(() -> writes.settle(settled));
  }

  private <R> CompletionStage<R> write(Supplier<Answer<R>> decision) {
    var answer = ledger.write(decision);
    linker.wake();
    saver.saveIfDue();
    return answer;
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return CompletableFuture.completedStage(ledger.contents().kept(id));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    var result = new CompletableFuture<SearchResult>();
    Runnable search = () -> complete(result, () -> searcher.search(query, context));
    if (!searcher.isLong(query)) {
      search.run();
      return result;
    }
    try {
      executors.scans().execute(search);
    } catch (RejectedExecutionException full) {
      result.completeExceptionally(
          new ResourceExhausted(identity.name() + " has too many long searches waiting"));
    }
    return result;
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    var contents = ledger.contents();
    var pending = contents.pending();
    long uncommitted = contents.visible().count(pending.linked(), pending.end());
    long stored = Math.max(0, contents.visible().count() - uncommitted);
    boolean indexing = linker.isAwaited() || pending.size() > BEHIND;
    return CompletableFuture.completedStage(
        new IndexInfo(stored, uncommitted, indexing, saver.isSaving()));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return switch (task) {
      case CREATE_INDEX -> createIndex();
      case SAVE_INDEX -> saver.save();
    };
  }

  private CompletionStage<Void> createIndex() {
    try {
      return linker.linked(ledger.inTurn(this::endOfNews));
    } catch (FailedPrecondition refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  /** The end of the pending slots, if there is news since the last time. */
  private int endOfNews() {
    var contents = ledger.contents();
    if (contents.lastChange() == indexedChange && !linker.isAwaited()) {
      throw new FailedPrecondition("nothing was written since the index was created");
    }
    indexedChange = contents.lastChange();
    return contents.pending().end();
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return changes.changeLogs(context);
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return changes.changesSince(position, limit, context);
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return changes.heads(cursor, limit, context);
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return changes.lacking(offered, context);
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return changes.findAll(ids, context);
  }

  /** Refuses writes from now on, or no more. Undos and settled stamps pass. Not kept on disk. */
  public void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  /** Whether an operator wants no writes. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** What keeps the agent from taking writes or linking, if something does. */
  public Optional<String> fault() {
    return writeFault().or(() -> linker.failure().map(Throwable::toString));
  }

  private Optional<String> writeFault() {
    return ledger.log().failure().or(saver::failure);
  }

  /** Saves a checkpoint if one is due; to be called every few seconds. */
  public void tick() {
    saver.tick();
  }

  /** The greatest stamp that this store has seen. */
  public Stamp greatestStamp() {
    return ledger.inTurn(ledger.contents()::greatestStamp);
  }

  /** Ends linking and saving; what is being saved is given up. */
  @Override
  public void close() {
    saver.stop();
    linker.stop();
  }

  private void checkWritable() {
    if (readOnly) {
      throw new Unavailable(
          "agent " + identity.name() + " is read-only, switched so by its operator");
    }
    writeFault()
        .ifPresent(cause -> {
          throw new Unavailable("agent " + identity.name() + " is read-only: " + cause);
        });
  }

  private static void complete(
      CompletableFuture<SearchResult> result, Supplier<SearchResult> search) {
    try {
      result.complete(search.get());
    } catch (ValdException refused) {
      result.completeExceptionally(refused);
    } catch (RuntimeException fault) {
      result.completeExceptionally(new Internal("the search failed: " + fault, fault));
    }
  }
}
