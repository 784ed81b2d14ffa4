package dev.kagami.mirror.compensation;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import dev.kagami.mirror.mesh.Mesh;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collector;

/**
 * Carries decisions to every site: undoes what was rolled back, and levels forward what a recovery
 * found to stand. Each site is told on its own until it acknowledges, whatever it answered to the
 * write; a site that leaves the mesh is told no more. Thread-safe.
 *
 * <p>Laws: no undo leaves before the decision is durable. What only sites lack that are away is
 * given up in favour of the loop when it is too much: the own cluster has it then, and such a site
 * is brought all that this one has, and whatever is still owed to it, before it is connected and
 * hears what is settled.
 */
public final class Compensator {
  private final Sites sites;
  private final CompensationJournal journal;
  private final Endings endings;
  private final Ledger ledger;
  private final Means means;
  private final Map<String, Courier> couriers = new ConcurrentHashMap<>();
  private final Map<Stamp, Waiting> waiting = new ConcurrentHashMap<>();

  /**
   * Somebody waits for an undo.
   *
   * @param names the sites that are worth it
   * @param acknowledged those that have, as long as that is not over
   */
  private record Waiting(
      Set<String> names, Set<String> acknowledged, CompletableFuture<Void> ended) {}

  /**
   * @param endings of {@code journal}
   */
  public Compensator(
      Sites sites, CompensationJournal journal, Endings endings, Ledger ledger, Means means) {
    this.sites = sites;
    this.journal = journal;
    this.endings = endings;
    this.ledger = ledger;
    this.means = means;
  }

  /**
   * Decides durably that {@code entry} is undone, then tells every site.
   *
   * @return when all that are connected have acknowledged or the time for one answer is over: the
   *     names of those that have; the others are told again and again
   * @throws dev.kagami.core.error.ValdException.Unavailable in the stage, if the decision could not
   *     be made durable; nobody was told then, and the transaction stays undecided
   */
  public CompletionStage<Set<String>> compensate(JournalEntry entry) {
    var decided = entry.with(Status.COMPENSATING);
    return journal.write(decided).thenCompose(_ -> undo(decided));
  }

  /**
   * The same, tried again and again while the decision cannot be made durable; never fails, nor
   * ends before.
   */
  public CompletionStage<Set<String>> insist(JournalEntry entry) {
    return insist(entry, 0);
  }

  private CompletionStage<Set<String>> insist(JournalEntry entry, int failures) {
    return compensate(entry)
        .exceptionallyCompose(_ -> {
          var decided = new CompletableFuture<Set<String>>();
          means.retry(
              failures + 1, () -> insist(entry, failures + 1).thenAccept(decided::complete));
          return decided;
        });
  }

  private CompletionStage<Set<String>> undo(JournalEntry decided) {
    var waits = new Waiting(connected(), ConcurrentHashMap.newKeySet(), new CompletableFuture<>());
    waiting.put(decided.stamp(), waits);
    var timer =
        means.scheduler().after(means.patience().answer(), () -> waits.ended().complete(null));
    resume(decided);
    return waits
        .ended()
        .thenApply(_ -> {
          timer.cancel();
          waiting.remove(decided.stamp());
          return Set.copyOf(waits.acknowledged());
        });
  }

  /** Goes on undoing {@code decided}, whose decision is durable. */
  void resume(JournalEntry decided) {
    dispatch(new Errand.Undo(decided));
  }

  /**
   * Tells every site that {@code entry} stands, by storing {@code version} whatever is there. Until
   * all have acknowledged the journal keeps the entry as it is.
   */
  void complete(JournalEntry entry, Mutation version) {
    dispatch(new Errand.LevelForward(entry, version.unconditional()));
  }

  private void dispatch(Errand errand) {
    ledger.owe(errand);
    for (var site : names()) {
      courier(site).bring(errand);
    }
  }

  /**
   * Tells {@code target} at once all that it has not acknowledged, as when it is coming back.
   *
   * @return whether it has acknowledged all that was owed to it when this was asked; ends when each
   *     was told once, and never fails
   */
  public CompletionStage<Boolean> hurry(String target) {
    var owed = stampsOwedTo(target);
    return courier(target)
        .bringAll()
        .thenApply(_ -> Collections.disjoint(owed, stampsOwedTo(target)));
  }

  private Set<Stamp> stampsOwedTo(String target) {
    return ledger.owedTo(target).stream().map(Errand::stamp).collect(toSet());
  }

  /** Which of {@code sites} know how the transaction {@code stamp} ended; all, if it is over. */
  public Set<String> acknowledged(Stamp stamp, Set<String> sites) {
    return ledger.acknowledged(stamp, sites);
  }

  /** How many transactions some site has not acknowledged the end of. */
  public int owed() {
    return ledger.owed();
  }

  /** What {@code target} has not acknowledged yet, oldest first. */
  public List<JournalEntry> owedTo(String target) {
    return ledger.owedTo(target).stream().map(Errand::entry).toList();
  }

  /** Gives up what is owed only to sites that have gone, and what is too much for those away. */
  void reconcile() {
    couriers.keySet().retainAll(names());
    ledger.brought(connected());
    endPaid();
    var byAway = sites.all().stream().collect(partitioningBy(Mesh.Member::isAway, namesToSet()));
    end(ledger.leaveToLoop(byAway.get(true), byAway.get(false), means.patience().owed()));
  }

  private Courier courier(String site) {
    return couriers.computeIfAbsent(
        site, name -> new Courier(name, sites, ledger, means, stamp -> acknowledged(stamp, name)));
  }

  /** Who waits is told of this site even if it leaves the mesh now, and of no other that does. */
  private void acknowledged(Stamp stamp, String site) {
    Optional.ofNullable(waiting.get(stamp))
        .ifPresent(each -> {
          each.acknowledged().add(site);
          if (each.acknowledged().containsAll(each.names())) {
            each.ended().complete(null);
          }
        });
    endPaid();
  }

  private void endPaid() {
    end(ledger.takePaid(names()));
  }

  private void end(List<Errand> over) {
    for (var errand : over) {
      endings.write(errand.entry().with(errand.end()));
      Optional.ofNullable(waiting.get(errand.stamp()))
          .ifPresent(each -> each.ended().complete(null));
    }
  }

  private Set<String> connected() {
    return sites.all().stream().filter(Mesh.Member::isConnected).collect(namesToSet());
  }

  private Set<String> names() {
    return sites.all().stream().collect(namesToSet());
  }

  private static Collector<Mesh.Member, ?, Set<String>> namesToSet() {
    return mapping(Mesh.Member::name, toSet());
  }
}
