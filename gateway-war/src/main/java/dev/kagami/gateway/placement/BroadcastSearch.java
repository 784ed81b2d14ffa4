package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.Vector;
import dev.kagami.gateway.aggregation.SearchVerdict;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Asks every agent for the full number of hits until the deadline and judges what came. Answers
 * after it are dropped; the agents' calls end by the same deadline. Thread-safe; never blocks.
 */
final class BroadcastSearch {
  /** The longest wait for a silent agent, whatever the caller or the query allows. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AgentPool agents;
  private final Holders holders;
  private final HolderReads reads;
  private final AgentFanout fanout;

  BroadcastSearch(AgentPool agents, Holders holders, HolderReads reads, AgentFanout fanout) {
    this.agents = agents;
    this.holders = holders;
    this.reads = reads;
    this.fanout = fanout;
  }

  CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    var patience = patience(query.options());
    var whole = fanout.bound(context, patience);
    return switch (query.subject()) {
      case SearchQuery.Subject.OfVector _ -> broadcast(query, whole);
      case SearchQuery.Subject.OfId(var id) -> {
        // a silent holder may cost half of the time, so that some is left for the search
        var half = fanout.bound(context, patience.dividedBy(2));
        yield reads
            .find(id, half)
            .thenApply(BroadcastSearch::visibleVector)
            .thenCompose(vector -> broadcast(query.about(vector), whole));
      }
    };
  }

  private static Vector visibleVector(Kept kept) {
    return kept.visible()
        .flatMap(Version::vector)
        .orElseThrow(() -> new NotFound("uuid " + kept.id() + " not found"));
  }

  private CompletionStage<SearchResult> broadcast(SearchQuery query, CallContext context) {
    var options = query.options();
    var forAgents = new SearchQuery(query.subject(), query.method(), withoutMinNum(options));
    return fanout
        .read(
            agents.agents(),
            context,
            PATIENCE,
            (store, bounded) -> store.search(forAgents, bounded))
        .thenApply(outcomes -> SearchVerdict.judge(outcomes, options, holders.replicas()));
  }

  /** Whether there are enough hits shows only after the merge. */
  private static SearchOptions withoutMinNum(SearchOptions options) {
    return new SearchOptions(
        options.num(),
        options.radius(),
        options.epsilon(),
        options.edgeSize(),
        0,
        options.timeout());
  }

  private static Duration patience(SearchOptions options) {
    return options.timeout().isZero() || options.timeout().compareTo(PATIENCE) > 0
        ? PATIENCE
        : options.timeout();
  }
}
