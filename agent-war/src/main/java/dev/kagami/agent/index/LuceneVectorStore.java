package dev.kagami.agent.index;

import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.Head;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The agent's store: everything in memory, searched through a graph, made durable by a log.
 *
 * <p>A write is decided, gets its number in the log and changes the memory in its turn, which lasts
 * microseconds; it is answered when the log has it on disk. So is a refusal that rests on what was
 * written before it. Reads do not wait: they may see a write some milliseconds before its answer.
 *
 * <p>Life cycle: {@link #open} reads checkpoint and log; {@link #close} ends linking and saving,
 * not the log.
 */
public final class LuceneVectorStore implements VectorStore, AutoCloseable {
  private final AgentIdentity identity;
  private final IndexSettings settings;
  private final Scans scans;
  private final Ledger ledger;
  private final Writes writes;
  private final Trimming trimming;
  private final Changes changes;
  private final Engines engines;
  private final GraphSurvey survey;
  private final Saver saver;
  private final IndexCreation creation;

  /** Replaced in the ledger's turn, by a flush; who has the one before ends on it. */
  private volatile Engine engine;

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
    this.scans = new Scans(identity.name(), executors.scans());
    this.engines = new Engines(settings, executors, wall);
    var first = engines.over(engines.nothing());
    var covered =
        Recovery.run(saving.checkpoints(), first.contents(), first.graph(), executors.scans());
    this.ledger = new Ledger(log, first.contents(), covered, engines::nothing);
    this.engine = ledger.contents() == first.contents() ? first : engines.over(ledger.contents());
    this.saver =
        new Saver(ledger, new GraphSaver(saving, first, covered, () -> engine), saving, wall);
    var clock = new HybridClock(wall, identity.writer(), ledger.contents().greatestStamp());
    this.writes = new Writes(identity, ledger, clock);
    this.trimming = new Trimming(ledger);
    this.changes = new LoggedChanges(identity, ledger);
    this.survey = new GraphSurvey(wall);
    this.creation = new IndexCreation(ledger, () -> engine);
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
    store.engine.linker().wake();
    return store;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    var accepted = mutation.accepted(settings.space()::accept);
    var answer =
        write(() -> {
          checkWritable();
          return writes.apply(accepted);
        });
    var turn = engine.linker().turn();
    return turn.map(its -> answer.thenCombine(its, (applied, _) -> applied)).orElse(answer);
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return write(() -> writes.revoke(mark));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return write(() -> writes.settle(settled));
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return write(() -> {
      checkWritable();
      var answer = writes.flush(upTo);
      if (engine.contents() != ledger.contents()) {
        engine.linker().stop();
        engine = engines.over(ledger.contents());
      }
      return answer;
    });
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return scans
        .run(() -> {
          checkWritable();
          return trimming.run(horizon);
        })
        .thenCompose(last -> {
          saver.saveIfDue();
          return ledger.log().durable(last);
        });
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return write(() -> {
      checkWritable();
      return writes.drop(copies);
    });
  }

  private <R> CompletionStage<R> write(Supplier<Answer<R>> decision) {
    var answer = ledger.write(decision);
    engine.linker().wake();
    saver.saveIfDue();
    return answer;
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return CompletableFuture.completedStage(ledger.contents().kept(id));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    var searcher = engine.searcher();
    Supplier<SearchResult> search = () -> searcher.search(query, context);
    return searcher.isLong(query) ? scans.run(search) : Scans.now(search);
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return CompletableFuture.completedStage(info());
  }

  private IndexInfo info() {
    return engine.info(saver.isSaving());
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return CompletableFuture.completedStage(new IndexDetail(Map.of(identity.name(), info()), 1, 1));
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    var surveyed = engine;
    return scans
        .run(() -> survey.of(surveyed))
        .thenApply(statistics -> Map.of(identity.name(), statistics));
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    var property = new IndexProperty(settings.space(), settings.connections(), settings.beam());
    return CompletableFuture.completedStage(Map.of(identity.name(), property));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return switch (task) {
      case CREATE_INDEX -> creation.begin();
      case SAVE_INDEX -> saver.save();
    };
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
    return writeFault().or(() -> engine.linker().failure().map(Throwable::toString));
  }

  private Optional<String> writeFault() {
    return ledger.log().failure().or(saver::failure);
  }

  /**
   * Saves a checkpoint and copies it to {@code folder}, which is made, as a {@link
   * dev.kagami.core.backup.Backup}. Writes and searches go on; what is written after the call may
   * be missing in it.
   */
  public CompletionStage<Void> backUp(Path folder) {
    return saver.backUp(folder);
  }

  /** Saves a checkpoint if one is due; to be called every few seconds. */
  public void tick() {
    saver.tick();
  }

  /** The greatest stamp that this store has seen. */
  public Stamp greatestStamp() {
    return ledger.inTurn(() -> ledger.contents().greatestStamp());
  }

  /** Ends linking and saving; what is being saved is given up. */
  @Override
  public void close() {
    saver.stop();
    engine.linker().stop();
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
}
