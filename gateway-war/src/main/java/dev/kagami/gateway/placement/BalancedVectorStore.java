package dev.kagami.gateway.placement;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Changes;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * A cluster: answers by asking agents. Each vector is on <em>replicas</em> many of them, and a
 * write is answered once all of those have it.
 *
 * <p>A write without a stamp makes this gateway its origin, which takes it back if a holder fails.
 * The fate of a stamped one is its origin's: here its failure is told, nothing more.
 *
 * <p>Life cycle: made, {@link #start started} and {@link #close closed} together with its pool.
 * Thread-safe; never blocks.
 */
public final class BalancedVectorStore implements VectorStore, AutoCloseable {
  private final Holders holders;
  private final OwnStamps stamps;
  private final Replication replication;
  private final Undo undo;
  private final OwnWrites ownWrites;
  private final HolderReads reads;
  private final BroadcastSearch broadcastSearch;
  private final CountedSearches searches = new CountedSearches();
  private final IndexCalls indexCalls;
  private final Changes changes;
  private final ClusterFlush clusterFlush;
  private final ClusterTrim clusterTrim;
  private final Decisions decisions;
  private final Settling settling;
  private final Optional<Correction> correction;

  /**
   * @param replicas copies of each vector, at least 1 and at most the number of agents
   * @param number of the stamps that this gateway gives
   */
  public BalancedVectorStore(
      AgentPool agents, int replicas, OwnNumber number, Scheduler scheduler) {
    this(agents, replicas, Placement.EXACT, number, CorrectionSettings.USUAL, scheduler);
  }

  /** As the other, with agents that come and go, or stand in for each other. */
  public static BalancedVectorStore overChanging(
      AgentPool agents,
      int replicas,
      OwnNumber number,
      CorrectionSettings correction,
      Scheduler scheduler) {
    return new BalancedVectorStore(agents, replicas, Placement.WIDE, number, correction, scheduler);
  }

  private BalancedVectorStore(
      AgentPool agents,
      int replicas,
      Placement placement,
      OwnNumber number,
      CorrectionSettings settings,
      Scheduler scheduler) {
    this.holders = new Holders(agents, replicas, placement);
    this.stamps = new OwnStamps(agents, number, scheduler);
    var fanout = new AgentFanout(agents, placement, scheduler);
    var survey = new Survey(agents, holders, fanout);
    this.replication = new Replication(holders, fanout, survey);
    this.undo = new Undo(stamps, holders, fanout, scheduler);
    this.ownWrites = new OwnWrites(stamps, replication, undo);
    this.reads = new HolderReads(holders, fanout);
    this.broadcastSearch = new BroadcastSearch(agents, holders, reads, fanout);
    this.indexCalls = new IndexCalls(agents, fanout);
    this.changes = new ClusterChanges(agents, holders, fanout);
    this.clusterFlush = new ClusterFlush(agents, stamps, fanout);
    this.correction =
        holders.isExact()
            ? Optional.empty()
            : Optional.of(
                new Correction(agents, holders, stamps, fanout, number, scheduler, settings));
    Predicate<Agent> mayBeToldSettled =
        agent -> correction.map(one -> one.isUpToDate(agent)).orElse(true);
    this.decisions = new Decisions(agents, holders, survey, fanout, mayBeToldSettled);
    this.clusterTrim = new ClusterTrim(agents, fanout, mayBeToldSettled);
    this.settling = new Settling(agents, stamps, fanout, mayBeToldSettled, scheduler);
  }

  /** Begins to tell the agents what is settled. */
  public void start() {
    settling.start();
    correction.ifPresent(Correction::start);
  }

  /** Ends that, and the sending of undos that are still pending. */
  @Override
  public void close() {
    correction.ifPresent(Correction::close);
    settling.close();
    undo.close();
  }

  /** When the timers last ran; long ago means that they have died. */
  public Instant lastHeartbeat() {
    return settling.lastRound();
  }

  /** The greatest stamp given or seen, {@link Stamp#NONE} if none. */
  public Stamp greatestStamp() {
    return stamps.latest();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Also UNAVAILABLE, for a write without a stamp, until every agent has told its greatest one,
   * and while another gateway stamps by the same number.
   */
  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    if (!mutation.time().isStamped()) {
      return ownWrites.write(mutation, context);
    }
    // what its origin may date so is not for us to refuse; too far ahead, it does not move us
    stamps.observe(mutation.time().stamp());
    return replication.store(mutation, context).thenCompose(BalancedVectorStore::answer);
  }

  private static CompletionStage<Applied> answer(Replicated result) {
    return switch (result) {
      case Replicated.Stored(var applied, _) -> CompletableFuture.completedStage(applied);
      case Replicated.Refused(var error) -> CompletableFuture.failedStage(error);
      case Replicated.Torn(var error, _) -> CompletableFuture.failedStage(error);
    };
  }

  /** {@inheritDoc} Every holder has to acknowledge, else UNAVAILABLE. */
  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return decisions.revoke(mark, context);
  }

  /**
   * {@inheritDoc} Every agent has to hear it, else UNAVAILABLE; where agents come and go, every one
   * that has missed nothing.
   */
  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return decisions.settle(settled, context);
  }

  /** How the searches since the start have ended. */
  public SearchCounts searches() {
    return searches.counts();
  }

  /** How the copies are being evened; empty if agents neither come nor stand in. */
  public Optional<CorrectionStatus> correction() {
    return correction.map(Correction::status);
  }

  /**
   * Begins to empty an agent, so that it may leave: {@link Agent#drain} tells when it is done.
   *
   * @return why not; empty if it begins
   */
  public Optional<String> drain(String name) {
    return correction
        .map(one -> one.drain(name))
        .orElse(Optional.of("each id has its place for good: kagami.gateway.stand-ins is false"));
  }

  /** An agent that was to be emptied stays after all; false if there is none of that name. */
  public boolean keep(String name) {
    return correction.filter(one -> one.keep(name)).isPresent();
  }

  /** {@inheritDoc} Every agent has to flush, else UNAVAILABLE. */
  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return clusterFlush.flush(upTo, context);
  }

  /** {@inheritDoc} Every agent has to be up to date and forget, else UNAVAILABLE. */
  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return clusterTrim.trim(horizon, context);
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return reads.find(id, context);
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return searches.count(broadcastSearch.search(query, context));
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return indexCalls.info(context);
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return indexCalls.detail(holders.replicas(), context);
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return indexCalls.statistics(context);
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return indexCalls.properties(context);
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return indexCalls.maintain(task, context);
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
}
