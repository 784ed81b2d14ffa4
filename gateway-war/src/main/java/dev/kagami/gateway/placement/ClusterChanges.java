package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the cluster tells of its contents: changes log by log, as each agent has its own; ids and
 * their versions once, as if there were no replicas. Thread-safe; never blocks.
 */
final class ClusterChanges implements Changes {
  /** The longest wait for an agent, whatever the caller allows. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AgentPool agents;
  private final Holders holders;
  private final AgentFanout fanout;

  /** Whose a log is, as far as it was ever told. A log that is gone is refused by its agent. */
  private final Map<UUID, Agent> owners = new ConcurrentHashMap<>();

  ClusterChanges(AgentPool agents, Holders holders, AgentFanout fanout) {
    this.agents = agents;
    this.holders = holders;
    this.fanout = fanout;
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return fanout
        .ask(agents.agents(), context, PATIENCE, (store, bounded) -> store.changeLogs(bounded))
        .thenApply(this::learn);
  }

  private ChangeLogs learn(Outcomes<Agent, ChangeLogs> outcomes) {
    var logs = new ArrayList<ChangeLog>();
    outcomes
        .byTarget()
        .forEach((agent, outcome) -> {
          if (outcome instanceof Outcome.Answered<ChangeLogs>(var told)) {
            told.logs().forEach(log -> owners.put(log.identity(), agent));
            logs.addAll(told.logs());
          }
        });
    if (logs.isEmpty()) {
      throw new Unavailable("no agent tells its changes: " + AgentFanout.failures(outcomes));
    }
    return new ChangeLogs(logs, outcomes.failures().keySet().stream().map(Agent::name).toList());
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return owner(position.log(), context)
        .thenCompose(agent ->
            agent.ask(
                store -> store.changesSince(position, limit, fanout.bound(context, PATIENCE))));
  }

  private CompletionStage<Agent> owner(UUID log, CallContext context) {
    var known = owners.get(log);
    return known != null
        ? CompletableFuture.completedStage(known)
        : changeLogs(context).thenApply(logs -> owner(log, logs));
  }

  private Agent owner(UUID log, ChangeLogs logs) {
    var owner = owners.get(log);
    if (owner == null) {
      throw logs.missing().isEmpty()
          ? new NotFound("no agent has the change log " + log)
          : new Unavailable("change log " + log + " may be one of " + logs.missing());
    }
    return owner;
  }

  /**
   * {@inheritDoc}
   *
   * <p>As every acknowledged write is at every holder, it may be that fewer agents than there are
   * replicas are silent.
   */
  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return fanout
        .read(
            agents.agents(),
            context,
            PATIENCE,
            (store, bounded) -> store.heads(cursor, limit, bounded))
        .thenApply(outcomes -> {
          if (outcomes.failures().size() >= holders.replicas()) {
            throw new Unavailable("ids may be missing: " + AgentFanout.failures(outcomes));
          }
          return HeadMerge.of(outcomes.answers(), limit);
        });
  }

  /** {@inheritDoc} What one holder lacks is lacking, and every holder has to say. */
  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return fanout
        .askEach(
            byAgent(offered, KeptHeads::id, holders::of),
            context,
            PATIENCE,
            (store, theirs, bounded) -> store.lacking(theirs, bounded))
        .thenApply(outcomes -> {
          if (!outcomes.failures().isEmpty()) {
            throw new Unavailable("holders do not answer: " + AgentFanout.failures(outcomes));
          }
          var lacking = merged(outcomes.answers().stream(), KeptHeads::id, KeptHeads::merge);
          return found(offered.stream().map(KeptHeads::id).distinct(), lacking).toList();
        });
  }

  /** {@inheritDoc} UNAVAILABLE if no holder of one of them answers. */
  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return fanout
        .askEach(
            byAgent(ids, id -> id, holders::reach),
            context,
            PATIENCE,
            (store, theirs, bounded) -> store.findAll(theirs, bounded))
        .thenApply(outcomes -> {
          var kept = merged(outcomes.answers().stream(), Kept::id, Kept::merge);
          var all = found(ids.stream(), kept).toList();
          if (all.size() < ids.size()) {
            throw noHolder(outcomes);
          }
          return all;
        });
  }

  private static ValdException noHolder(Outcomes<Agent, ?> outcomes) {
    return new Unavailable("no holder of some ids answers: " + AgentFanout.failures(outcomes));
  }

  private <T> Map<Agent, List<T>> byAgent(
      List<T> all, Function<T, VectorId> id, Function<VectorId, List<Agent>> agentsOf) {
    var theirs = new LinkedHashMap<Agent, List<T>>();
    for (var one : all) {
      for (var holder : agentsOf.apply(id.apply(one))) {
        theirs.computeIfAbsent(holder, _ -> new ArrayList<>()).add(one);
      }
    }
    return theirs;
  }

  private static <T> Map<VectorId, T> merged(
      Stream<List<T>> answers, Function<T, VectorId> id, BinaryOperator<T> merge) {
    var merged = new HashMap<VectorId, T>();
    answers.flatMap(List::stream).forEach(one -> merged.merge(id.apply(one), one, merge));
    return merged;
  }

  private static <T> Stream<T> found(Stream<VectorId> ids, Map<VectorId, T> answers) {
    return ids.flatMap(id -> Stream.ofNullable(answers.get(id)));
  }
}
