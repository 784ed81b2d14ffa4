package dev.kagami.gateway.placement;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Evens what the agents hold, agent by agent, its ids in the order of their hashes:
 *
 * <ul>
 *   <li>Who has an old version, because writes have gone past it, gets the newest one that anybody
 *       has, and hears which of its versions are void.
 *   <li>Who should hold an id and has nothing of it gets a copy, from the first in rank that has
 *       one. So an agent that has come gets its share, and what one held that was given up gets as
 *       many copies again as there shall be. Copies too many stay.
 * </ul>
 *
 * <p>Done for an agent that has missed writes, and for all whenever agents come or are given up, as
 * well as after the start, when nobody knows what was before. What is copied keeps its time and
 * stamp, so a write or removal meanwhile wins. Thread-safe; never blocks.
 *
 * <p>Why this is enough: an acknowledged version is at as many agents as there are replicas; if
 * fewer than that are silent, one of those that answer has it.
 */
final class Refill {
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(Refill.class.getName());

  private final AgentPool agents;
  private final Holders holders;
  private final AgentFanout fanout;
  private final Scheduler scheduler;
  private final Set<Agent> running = ConcurrentHashMap.newKeySet();

  /** Who was known when an agent was filled last. */
  private final Map<Agent, List<Agent>> filled = new ConcurrentHashMap<>();

  private volatile boolean closed;

  Refill(AgentPool agents, Holders holders, AgentFanout fanout, Scheduler scheduler) {
    this.agents = agents;
    this.holders = holders;
    this.fanout = fanout;
    this.scheduler = scheduler;
  }

  /** Looks for agents that need it, now and every second. */
  void start() {
    if (closed) {
      return;
    }
    for (var agent : agents.agents()) {
      if (!isUpToDate(agent) && agent.isReady() && running.add(agent)) {
        run(agent);
      }
    }
    scheduler.after(INTERVAL, this::start);
  }

  void close() {
    closed = true;
  }

  /**
   * Whether {@code agent} has whatever was written past it. Who has not must not be told that
   * anything is settled: it may hold a version that is void and not know.
   */
  boolean isUpToDate(Agent agent) {
    return !agent.isBehind() && agents.agents().equals(filled.get(agent));
  }

  private void run(Agent agent) {
    long missed = agent.missed();
    var known = agents.agents();
    var _ =
        fill(agent, HeadCursor.START, 0)
            .whenComplete((copies, failure) -> {
              if (failure == null) {
                agent.catchesUp(missed);
                filled.put(agent, known);
                if (copies > 0) {
                  LOG.log(Level.INFO, "the copies of agent {0} were evened: {1}", agent, copies);
                }
              } else {
                LOG.log(Level.DEBUG, "agent {0} is not up to date yet: {1}", agent, failure);
              }
              running.remove(agent);
            });
  }

  /** From {@code cursor} on; ends with the number of copies made. */
  private CompletionStage<Integer> fill(Agent agent, HeadCursor cursor, int before) {
    return agent
        .ask(store -> store.heads(cursor, Changes.MAX_PAGE, bounded()))
        .thenCompose(page ->
            fillPage(agent, cursor, page)
                .thenCompose(copies ->
                    page.next()
                        .map(next -> fill(agent, next, before + copies))
                        .orElseGet(() -> completedStage(before + copies))));
  }

  private CompletionStage<Integer> fillPage(Agent agent, HeadCursor cursor, HeadPage page) {
    var others = agents.agents().stream().filter(other -> !other.equals(agent)).toList();
    var reachable = others.stream().filter(Agent::isReady).toList();
    if (page.heads().isEmpty() || others.isEmpty()) {
      return completedStage(0);
    }
    if (others.size() - reachable.size() >= holders.replicas()) {
      return CompletableFuture.failedStage(new Unavailable("too many agents are silent"));
    }
    var theirs = new HashMap<Agent, CompletableFuture<Map<VectorId, KeptHeads>>>();
    for (var other : reachable) {
      theirs.put(other, range(other, cursor, page.next(), new HashMap<>()).toCompletableFuture());
    }
    return CompletableFuture.allOf(theirs.values().toArray(CompletableFuture<?>[]::new))
        .thenCompose(_ -> copy(agent, page.heads(), theirs));
  }

  /** What {@code other} has from {@code cursor} up to {@code end}, or a little more. */
  private CompletionStage<Map<VectorId, KeptHeads>> range(
      Agent other, HeadCursor cursor, Optional<HeadCursor> end, Map<VectorId, KeptHeads> soFar) {
    return other
        .ask(store -> store.heads(cursor, Changes.MAX_PAGE, bounded()))
        .thenCompose(page -> {
          page.heads().forEach(heads -> soFar.put(heads.id(), heads));
          var further = page.next().filter(next -> end.isEmpty() || next.compareTo(end.get()) < 0);
          return further
              .map(next -> range(other, next, end, soFar))
              .orElseGet(() -> completedStage(soFar));
        });
  }

  private CompletionStage<Integer> copy(
      Agent agent,
      List<KeptHeads> own,
      Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    var wanted = new HashMap<Agent, List<VectorId>>();
    var missing = new HashMap<Agent, List<VectorId>>();
    CompletionStage<Integer> copies = completedStage(0);
    for (var mine : own) {
      for (var mark : unheard(mine, theirs)) {
        copies = copies.thenCompose(sum -> revoke(agent, mark).thenApply(_ -> sum));
      }
      newerAt(mine, theirs)
          .ifPresent(other -> wanted.computeIfAbsent(other, _ -> new ArrayList<>()).add(mine.id()));
      for (var holder : lacking(agent, mine, theirs)) {
        missing.computeIfAbsent(holder, _ -> new ArrayList<>()).add(mine.id());
      }
    }
    for (var entry : wanted.entrySet()) {
      copies =
          copies.thenCompose(sum ->
              copyFrom(entry.getKey(), agent, entry.getValue()).thenApply(count -> sum + count));
    }
    for (var entry : missing.entrySet()) {
      copies =
          copies.thenCompose(sum ->
              copyFrom(agent, entry.getKey(), entry.getValue()).thenApply(count -> sum + count));
    }
    return copies;
  }

  /** The versions that are void and of which this was not heard. */
  private static List<VoidMark> unheard(
      KeptHeads mine, Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    var all = merged(mine, theirs);
    return mine.heads().stream()
        .map(Head::stamp)
        .filter(stamp -> all.marks().contains(stamp))
        .map(stamp -> new VoidMark(mine.id(), stamp))
        .toList();
  }

  private CompletionStage<Void> revoke(Agent agent, VoidMark mark) {
    return agent.ask(store -> store.revoke(mark, bounded()));
  }

  private static KeptHeads merged(
      KeptHeads mine, Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    var all = mine;
    for (var heads : theirs.values()) {
      var other = heads.join().get(mine.id());
      all = other == null ? all : all.merge(other);
    }
    return all;
  }

  /** Who has the newest version, if that is not the own one. */
  private static Optional<Agent> newerAt(
      KeptHeads mine, Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    var newest = merged(mine, theirs).newest();
    if (newest.isEmpty() || newest.equals(mine.newest())) {
      return Optional.empty();
    }
    return theirs.entrySet().stream()
        .filter(entry -> {
          var other = entry.getValue().join().get(mine.id());
          return other != null && other.newest().equals(newest);
        })
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Who should hold what is visible here and has nothing of it, if it is for this agent to care.
   */
  private List<Agent> lacking(
      Agent agent, KeptHeads mine, Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    if (mine.visible().isEmpty()) {
      return List.of();
    }
    var first =
        holders.order(mine.id()).stream()
            .filter(one -> one.equals(agent) || has(one, mine.id(), theirs))
            .findFirst();
    return first.filter(agent::equals).isEmpty()
        ? List.of()
        : holders.of(mine.id()).stream()
            .filter(one -> theirs.containsKey(one) && !has(one, mine.id(), theirs))
            .toList();
  }

  private static boolean has(
      Agent agent, VectorId id, Map<Agent, CompletableFuture<Map<VectorId, KeptHeads>>> theirs) {
    return theirs.containsKey(agent) && theirs.get(agent).join().containsKey(id);
  }

  private CompletionStage<Integer> copyFrom(Agent from, Agent to, List<VectorId> ids) {
    return from.ask(store -> store.findAll(ids, bounded()))
        .thenCompose(kept -> {
          var versions = kept.stream().flatMap(one -> one.newest().stream()).toList();
          CompletionStage<Integer> stored = completedStage(0);
          for (var version : versions) {
            stored =
                stored.thenCompose(count ->
                    to.ask(store -> store.apply(Survey.copy(version), bounded()))
                        .thenApply(_ -> count + 1));
          }
          return stored;
        });
  }

  private CallContext bounded() {
    return fanout.bound(CallContext.UNBOUNDED, PATIENCE);
  }
}
