package dev.kagami.agent.index;

import dev.kagami.agent.log.LogRecord;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ExistenceCheck;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The agent's store: everything in memory, searched through Lucene's graph, made durable by a log.
 *
 * <p>A write decides, takes its number in the log and changes the memory under one lock, held for
 * microseconds; it is answered when the log has it on disk. So is a refusal that rests on what was
 * written before it. Reads do not wait: they may see a write some milliseconds before its answer.
 *
 * <p>Life cycle: {@link #open} replays the log; {@link #close} ends linking, not the log.
 */
public final class LuceneVectorStore implements VectorStore, AutoCloseable {
  private static final Logger LOGGER = System.getLogger(LuceneVectorStore.class.getName());
  private static final int BEHIND = 1000;

  private final AgentIdentity identity;
  private final IndexSettings settings;
  private final WriteAheadLog log;
  private final IndexExecutors executors;
  private final Contents contents;
  private final Linker linker;
  private final Searcher searcher;
  private final HybridClock clock;

  /** The one write lock: versions, slots, visible bits, and the order of the log. */
  private final ReentrantLock writes = new ReentrantLock();

  /** The last change that a CREATE_INDEX knew of; guarded by the write lock. */
  private long indexedChange;

  private volatile boolean readOnly;

  private LuceneVectorStore(
      AgentIdentity identity,
      IndexSettings settings,
      WriteAheadLog log,
      IndexExecutors executors,
      InstantSource wall) {
    this.identity = identity;
    this.settings = settings;
    this.log = log;
    this.executors = executors;
    var space = settings.space();
    var kernels = Kernels.best();
    var chunks =
        new VectorChunks(space.dimension(), space.metric().needsDirection(), kernels.lanes());
    var distances = new Distances(space.metric(), chunks, kernels);
    var graph = new LiveGraph(distances.scorers(), settings.connections(), settings.beam());
    this.contents = new Contents(chunks);
    this.linker = new Linker(contents.pending(), graph, contents::isNeeded, executors.linker());
    this.searcher = new Searcher(settings, contents, graph, distances, wall);
    log.replay(contents::perform);
    this.clock = new HybridClock(wall, identity.writer(), contents.greatestStamp());
  }

  /**
   * Reads {@code log}, which takes its time, and starts linking.
   *
   * @param wall the wall clock behind the stamps of writes that come without one
   */
  public static LuceneVectorStore open(
      AgentIdentity identity,
      IndexSettings settings,
      WriteAheadLog log,
      IndexExecutors executors,
      InstantSource wall) {
    var store = new LuceneVectorStore(identity, settings, log, executors, wall);
    store.linker.wake();
    return store;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    mutation.content().ifPresent(settings.space()::check);
    return write(() -> {
      checkWritable();
      checkClock(mutation.time());
      undoEarlierAttempt(mutation);
      var before = contents.lineage(mutation.id());
      try {
        return applyTo(before, mutation);
      } catch (ValdException refusal) {
        return Answer.refused(refusal, before.lastSeq());
      }
    });
  }

  private Answer<Applied> applyTo(Lineage before, Mutation mutation) {
    var stamp = mutation.time().stamp();
    var newest = before.newest().map(StoredVersion::head);
    if (before.marks().contains(stamp)) {
      throw new Aborted("the write " + stamp + " of uuid " + mutation.id() + " was undone");
    }
    if (before.find(stamp).isPresent()) {
      return applied(Applied.Standing.TOP, newest, mutation.id(), before.lastSeq());
    }
    ExistenceCheck.judge(mutation, newest, () -> isSameContent(before, mutation));
    var version = stamped(mutation, newest).version();
    var standing = before.standingOf(version.head());
    if (standing == Applied.Standing.SUPERSEDED) {
      return applied(standing, newest, mutation.id(), before.lastSeq());
    }
    boolean settled = !mutation.time().isStamped() || contents.isSettled(stamp);
    return applied(
        standing, newest, mutation.id(), perform(new LogRecord.Written(version, settled)));
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return write(() -> Answer.of(undo(mark)));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return write(() ->
        Answer.of(
            contents.isSettled(settled)
                ? contents.lastSettling()
                : perform(new LogRecord.Settled(settled))));
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return CompletableFuture.completedStage(contents.kept(id));
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
    var pending = contents.pending();
    long uncommitted = contents.visible().count(pending.linked(), pending.end());
    long stored = Math.max(0, contents.visible().count() - uncommitted);
    boolean indexing = linker.isAwaited() || pending.size() > BEHIND;
    return CompletableFuture.completedStage(new IndexInfo(stored, uncommitted, indexing, false));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return switch (task) {
      case CREATE_INDEX -> createIndex();
      case SAVE_INDEX -> log.durable(contents.lastChange());
    };
  }

  private CompletionStage<Void> createIndex() {
    int end;
    writes.lock();
    try {
      if (contents.lastChange() == indexedChange && !linker.isAwaited()) {
        return CompletableFuture.failedStage(
            new FailedPrecondition("nothing was written since the index was created"));
      }
      indexedChange = contents.lastChange();
      end = contents.pending().end();
    } finally {
      writes.unlock();
    }
    return linker.linked(end);
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
    return log.failure().or(() -> linker.failure().map(Throwable::toString));
  }

  /** The greatest stamp that this store has seen. */
  public Stamp greatestStamp() {
    writes.lock();
    try {
      return contents.greatestStamp();
    } finally {
      writes.unlock();
    }
  }

  /** Ends linking. */
  @Override
  public void close() {
    linker.stop();
  }

  /** What a write is told, and whose record must be durable before. */
  private record Answer<R>(Optional<R> value, Optional<ValdException> refusal, long seq) {
    static <R> Answer<R> of(R value, long seq) {
      return new Answer<>(Optional.of(value), Optional.empty(), seq);
    }

    static Answer<Void> of(long seq) {
      return new Answer<>(Optional.empty(), Optional.empty(), seq);
    }

    static <R> Answer<R> refused(ValdException refusal, long seq) {
      return new Answer<>(Optional.empty(), Optional.of(refusal), seq);
    }
  }

  private <R> CompletionStage<R> write(Supplier<Answer<R>> decision) {
    Answer<R> answer;
    writes.lock();
    try {
      answer = decision.get();
    } catch (ValdException refused) {
      return CompletableFuture.failedStage(refused);
    } finally {
      writes.unlock();
    }
    linker.wake();
    return whenDurable(answer);
  }

  private <R> CompletionStage<R> whenDurable(Answer<R> answer) {
    var result = new CompletableFuture<R>();
    log.durable(answer.seq())
        .whenComplete((_, lost) -> {
          if (lost != null) {
            result.completeExceptionally(lost);
          } else if (answer.refusal().isPresent()) {
            result.completeExceptionally(answer.refusal().get());
          } else {
            result.complete(answer.value().orElse(null));
          }
        });
    return result;
  }

  /** Puts {@code record} in the log, then in memory; guarded by the write lock. */
  private long perform(LogRecord record) {
    long seq = log.append(record);
    contents.perform(seq, record);
    return seq;
  }

  private void undoEarlierAttempt(Mutation mutation) {
    var earlier = mutation.time().voids();
    if (!earlier.isNone()) {
      var _ = undo(new VoidMark(mutation.id(), earlier));
    }
  }

  private long undo(VoidMark mark) {
    var before = contents.lineage(mark.id());
    if (before.marks().contains(mark.stamp())) {
      return before.lastSeq();
    }
    if (before.find(mark.stamp()).filter(StoredVersion::settled).isPresent()) {
      var message = "write " + mark.stamp() + " of uuid " + mark.id() + " is settled";
      LOGGER.log(Level.ERROR, "REFUSED TO UNDO WHAT IS DECIDED FOR GOOD: {0}", message);
      throw new FailedPrecondition(message);
    }
    return perform(new LogRecord.Voided(mark));
  }

  private void checkWritable() {
    if (readOnly) {
      throw new Unavailable(
          "agent " + identity.name() + " is read-only, switched so by its operator");
    }
    log.failure()
        .ifPresent(cause -> {
          throw new Unavailable("agent " + identity.name() + " is read-only: " + cause);
        });
  }

  private void checkClock(WriteTime time) {
    if (time.isStamped() && !clock.observe(time.stamp())) {
      throw new FailedPrecondition(
          "clock: stamp " + time.stamp() + " is too far ahead of agent " + identity.name());
    }
  }

  private boolean isSameContent(Lineage before, Mutation mutation) {
    return before
        .visible()
        .filter(version -> contents.chunks().holds(version.slot(), mutation.content().get()))
        .isPresent();
  }

  /** A time of ours is later than what is there, whoever gave that its time. */
  private Mutation stamped(Mutation mutation, Optional<Head> newest) {
    var time = mutation.time();
    if (time.isStamped()) {
      return mutation;
    }
    var past = newest.map(Head::timestamp).orElse(new Timestamp(0));
    return mutation.at(time.stamped(time.isOfClient() ? clock.next() : clock.nextAfter(past)));
  }

  private Answer<Applied> applied(
      Applied.Standing standing, Optional<Head> previous, VectorId id, long seq) {
    return Answer.of(new Applied(standing, previous, identity.locationOf(id)), seq);
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
