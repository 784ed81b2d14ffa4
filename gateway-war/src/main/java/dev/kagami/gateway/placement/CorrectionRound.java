package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Lanes;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.VectorId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Goes once through all ids, in the order of their hashes, and mends their copies:
 *
 * <ul>
 *   <li>Who has something old gets the newest that anybody has, be it a removal.
 *   <li>Who should hold a vector and has nothing of it gets a copy.
 *   <li>Who does not know that a version is void hears it.
 *   <li>Who has a copy too many drops it, where {@link ExtraCopies} allows that.
 * </ul>
 *
 * <p>A copy keeps its time and stamp, so a write or a removal meanwhile wins. A version that this
 * gateway may still take back is left until that is decided: a copy of it would be where no void
 * mark goes.
 *
 * <p>Why this is enough: an acknowledged version is at as many agents as there are replicas; if
 * fewer than that are left out, one of those asked has it.
 */
final class CorrectionRound {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration PAUSE = Duration.ofMillis(500);

  /** Ids that wait for a decision are looked at so often before the round is given up. */
  private static final int MOST_LOOKS = 60;

  private static final int MOST_FETCHED = 128;

  private static final Logger LOG = System.getLogger(CorrectionRound.class.getName());

  private final List<Agent> asked;
  private final Holders holders;
  private final OwnStamps stamps;
  private final AgentFanout fanout;
  private final Scheduler scheduler;
  private final CorrectionSettings settings;
  private final ExtraCopies extraCopies;
  private final Collection<VectorId> undecided = new ConcurrentLinkedQueue<>();
  private final AtomicLong copied = new AtomicLong();

  // Changed by one step at a time, each after the one before.
  private volatile Findings findings = Findings.NONE;
  private volatile HeadCursor reached = HeadCursor.START;

  CorrectionRound(
      List<Agent> asked,
      Holders holders,
      OwnStamps stamps,
      AgentFanout fanout,
      Scheduler scheduler,
      CorrectionSettings settings,
      ExtraCopies extraCopies) {
    this.asked = asked;
    this.holders = holders;
    this.stamps = stamps;
    this.fanout = fanout;
    this.scheduler = scheduler;
    this.settings = settings;
    this.extraCopies = extraCopies;
  }

  /** Fails if one of those asked does, or too few are asked to know what is newest. */
  CompletionStage<Void> run(List<Agent> known) {
    return known.size() - asked.size() >= holders.replicas()
        ? CompletableFuture.failedStage(new Unavailable("too many agents are away"))
        : walk().thenCompose(_ -> lookAgain(MOST_LOOKS));
  }

  Findings findings() {
    return findings.with(copied.get(), extraCopies.dropped());
  }

  /** How far it is, 0 to 1. */
  double progress() {
    double half = Long.MAX_VALUE + 1.0;
    return (reached.hash() >>> 1) / half;
  }

  private CompletionStage<Void> walk() {
    var from = reached;
    var start = scheduler.instant();
    return all(store -> store.heads(from, Changes.MAX_PAGE, bounded()))
        .thenApply(HeadsByAgent::of)
        .thenCompose(page ->
            mend(page.byId())
                .thenCompose(made -> {
                  if (page.next().isEmpty()) {
                    return CompletableFuture.<Void>completedStage(null);
                  }
                  reached = page.next().get();
                  return after(breather(made, start)).thenCompose(_ -> walk());
                }));
  }

  /** So long that the copies made since {@code start} do not exceed the rate. */
  private Duration breather(long made, Instant start) {
    var due = Duration.ofSeconds(1).multipliedBy(made).dividedBy(settings.rate());
    var left = due.minus(Duration.between(start, scheduler.instant()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private CompletableFuture<Void> after(Duration pause) {
    Executor later = task -> scheduler.after(pause, task);
    return CompletableFuture.runAsync(() -> {}, later);
  }

  private CompletionStage<Void> lookAgain(int looks) {
    var ids = List.copyOf(undecided).stream().distinct().toList();
    undecided.clear();
    if (ids.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    if (looks == 0) {
      return CompletableFuture.failedStage(
          new Unavailable(ids.size() + " ids have writes that are not decided"));
    }
    return after(PAUSE)
        .thenCompose(_ -> Lanes.each(chunks(ids), 1, this::lookAt))
        .thenCompose(_ -> lookAgain(looks - 1));
  }

  private CompletionStage<Long> lookAt(List<VectorId> ids) {
    return all(store -> store.findAll(ids, bounded()))
        .thenCompose(kept -> {
          var byId = new LinkedHashMap<VectorId, Map<Agent, KeptHeads>>();
          kept.forEach((agent, all) ->
              all.stream()
                  .map(Kept::heads)
                  .filter(heads -> !heads.isEmpty())
                  .forEach(heads ->
                      byId.computeIfAbsent(heads.id(), _ -> new HashMap<>()).put(agent, heads)));
          return mend(byId);
        });
  }

  /** Ends with the number of copies made and dropped. */
  private CompletionStage<Long> mend(Map<VectorId, Map<Agent, KeptHeads>> byId) {
    var ill = new ArrayList<Diagnosis>();
    var tooMany = new ArrayList<Diagnosis>();
    var now = findings;
    for (var entry : byId.entrySet()) {
      var wanted = holders.of(entry.getKey()).stream().filter(asked::contains).toList();
      var diagnosis = Diagnosis.of(entry.getKey(), entry.getValue(), wanted);
      now = now.plus(diagnosis);
      if (entry.getValue().values().stream().anyMatch(this::isOpen)) {
        if (!diagnosis.isHealthy()) {
          undecided.add(diagnosis.id());
        }
      } else if (!diagnosis.isHealthy()) {
        ill.add(diagnosis);
      } else if (!diagnosis.extra().isEmpty()) {
        tooMany.add(diagnosis);
      }
    }
    findings = now;
    long before = done();
    var unheard = ill.stream().flatMap(one -> one.unheard().stream()).toList();
    return Lanes.each(unheard, settings.concurrency(), CorrectionRound::tell)
        .thenCompose(_ -> copy(ill))
        .thenCompose(_ -> extraCopies.drop(tooMany))
        .thenApply(_ -> done() - before);
  }

  private long done() {
    return copied.get() + extraCopies.dropped();
  }

  private boolean isOpen(KeptHeads heads) {
    return heads.heads().stream().anyMatch(head -> stamps.isOpen(head.stamp()));
  }

  private static CompletionStage<Void> tell(Diagnosis.Unheard unheard) {
    return unheard
        .agent()
        .ask(store -> store.revoke(unheard.mark(), CallContext.UNBOUNDED))
        .exceptionally(failure -> {
          if (StageFailure.cause(failure) instanceof FailedPrecondition) {
            // it stands there for good; the others' marks cannot change that
            LOG.log(Level.ERROR, "{0}: {1}", unheard.agent(), StageFailure.words(failure));
            return null;
          }
          throw new CompletionException(StageFailure.cause(failure));
        });
  }

  private CompletionStage<Void> copy(List<Diagnosis> ill) {
    var bySource =
        ill.stream()
            .filter(one -> !one.patients().isEmpty())
            .collect(groupingBy(one -> one.sources().getFirst()));
    return Lanes.each(
        bySource.entrySet(),
        1,
        entry -> Lanes.each(chunks(entry.getValue()), 1, chunk -> copyFrom(entry.getKey(), chunk)));
  }

  /** One version for one agent. */
  private record Copy(Agent to, Version version) {}

  private CompletionStage<Void> copyFrom(Agent source, List<Diagnosis> ill) {
    var byId = ill.stream().collect(toMap(Diagnosis::id, one -> one));
    return source
        .ask(store -> store.findAll(List.copyOf(byId.keySet()), bounded()))
        .thenCompose(all ->
            Lanes.each(
                all.stream()
                    .flatMap(kept ->
                        kept.newest().stream()
                            .flatMap(version ->
                                byId.get(kept.id()).patients().stream()
                                    .map(patient -> new Copy(patient, version))))
                    .toList(),
                settings.concurrency(),
                this::store));
  }

  private CompletionStage<Void> store(Copy copy) {
    return copy.to()
        .ask(store -> store.apply(Survey.copy(copy.version()), bounded()))
        .thenAccept(_ -> copied.incrementAndGet())
        .exceptionally(failure -> {
          if (StageFailure.cause(failure) instanceof Aborted) {
            return null; // void meanwhile
          }
          throw new CompletionException(StageFailure.cause(failure));
        });
  }

  private <R> CompletionStage<Map<Agent, R>> all(Function<VectorStore, CompletionStage<R>> call) {
    return fanout
        .askPatiently(asked, CallContext.UNBOUNDED, PATIENCE, (store, _) -> call.apply(store))
        .thenApply(CorrectionRound::answers);
  }

  private static <R> Map<Agent, R> answers(Outcomes<Agent, R> outcomes) {
    if (!outcomes.failures().isEmpty()) {
      throw new Unavailable(AgentFanout.failures(outcomes));
    }
    var answers = new LinkedHashMap<Agent, R>();
    outcomes
        .byTarget()
        .forEach((agent, outcome) -> {
          if (outcome instanceof Outcome.Answered<R>(var answer)) {
            answers.put(agent, answer);
          }
        });
    return answers;
  }

  static <T> List<List<T>> chunks(List<T> all) {
    var chunks = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += MOST_FETCHED) {
      chunks.add(all.subList(from, Math.min(all.size(), from + MOST_FETCHED)));
    }
    return chunks;
  }

  private CallContext bounded() {
    return fanout.bound(CallContext.UNBOUNDED, PATIENCE);
  }
}
