package dev.kagami.mirror.compensation;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * Every transaction of this origin that some site may still hear of, and the only place that gives
 * stamps: because a stamp is given and entered in the same instant, what is announced as settled
 * never passes an undecided one. Thread-safe; calls nobody while it holds its lock.
 *
 * <p>Life of a stamp: {@link #begin} undecided; then either {@link #end}, or {@link #owe} until
 * every site has acknowledged, or those that have not are {@link #leaveToLoop left to the loop}.
 */
public final class Ledger {
  private static final long TICK = 1L << Stamp.WRITER_BITS;

  private static final class Account {
    Optional<Errand> owed = Optional.empty();
    final Set<String> acknowledged = new HashSet<>();
  }

  private final HybridClock clock;
  private final StampBound bound;

  // All state below is guarded by this.
  private final NavigableMap<Stamp, Account> accounts = new TreeMap<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  /** The greatest stamp that was left to the loop, by the site not connected since. */
  private final Map<String, Stamp> left = new HashMap<>();

  /** How many accounts have something owed. */
  private int owed;

  private Stamp greatest;
  private boolean closed;

  /**
   * Begins with what {@code journal} was found to hold.
   *
   * @param clock gives stamps to nobody else
   * @throws IllegalArgumentException if the clock stands below the journal's bound
   */
  public Ledger(HybridClock clock, CompensationJournal journal) {
    var found = journal.contents();
    if (clock.latest().value() / TICK < found.bound().value() / TICK) {
      throw new IllegalArgumentException(
          "the clock at " + clock.latest() + " is below the journal's bound " + found.bound());
    }
    this.clock = clock;
    this.bound = new StampBound(journal);
    this.greatest = found.bound();
    for (var entry : found.entries()) {
      accounts.put(entry.stamp(), new Account());
    }
  }

  /**
   * Gives a stamp that is later than {@code past}, undecided from now on.
   *
   * @return ends when no restart can give the stamp again; if that fails, the stamp is forgotten
   */
  public CompletionStage<Stamp> begin(Timestamp past) {
    var stamp = enter(past);
    return bound
        .cover(stamp)
        .thenApply(_ -> stamp)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            end(stamp);
          }
        });
  }

  private synchronized Stamp enter(Timestamp past) {
    greatest = clock.nextAfter(past);
    accounts.put(greatest, new Account());
    return greatest;
  }

  /** The transaction is over and no site has to hear more of it. */
  public synchronized void end(Stamp stamp) {
    var account = accounts.remove(stamp);
    if (account != null && account.owed.isPresent()) {
      owed--;
    }
    if (closed && accounts.isEmpty()) {
      drained.complete(null);
    }
  }

  /** Ends when nothing is undecided or owed any more; to be asked once no more is begun. */
  public synchronized CompletionStage<Void> drained() {
    closed = true;
    if (accounts.isEmpty()) {
      drained.complete(null);
    }
    return drained.minimalCompletionStage();
  }

  /** From now on every site has to be told. */
  synchronized void owe(Errand errand) {
    var account = account(errand.stamp());
    if (account.owed.isEmpty()) {
      owed++;
    }
    account.owed = Optional.of(errand);
  }

  /** How many transactions are decided and owed to some site. */
  synchronized int owed() {
    return owed;
  }

  /** All that is not over, oldest first. */
  public synchronized List<Unfinished> unfinished() {
    return accounts.entrySet().stream()
        .map(each -> unfinished(each.getKey(), each.getValue()))
        .toList();
  }

  /** The transaction {@code stamp}, if it is not over. */
  public synchronized Optional<Unfinished> unfinished(Stamp stamp) {
    return Optional.ofNullable(accounts.get(stamp)).map(account -> unfinished(stamp, account));
  }

  private static Unfinished unfinished(Stamp stamp, Account account) {
    var status =
        account
            .owed
            .map(errand ->
                switch (errand) {
                  case Errand.Undo _ -> JournalEntry.Status.COMPENSATING;
                  case Errand.LevelForward _ -> JournalEntry.Status.COMPLETED;
                })
            .orElse(JournalEntry.Status.ACTIVE);
    return new Unfinished(stamp, status, account.acknowledged);
  }

  /** What {@code site} has not acknowledged, oldest first. */
  synchronized List<Errand> owedTo(String site) {
    var owed = new ArrayList<Errand>();
    for (var account : accounts.values()) {
      if (!account.acknowledged.contains(site)) {
        account.owed.ifPresent(owed::add);
      }
    }
    return owed;
  }

  synchronized void acknowledge(Stamp stamp, String site) {
    Optional.ofNullable(accounts.get(stamp)).ifPresent(account -> account.acknowledged.add(site));
  }

  /** Who has acknowledged; if the transaction is over, everybody that the loop need not tell. */
  synchronized Set<String> acknowledged(Stamp stamp, Collection<String> sites) {
    var account = accounts.get(stamp);
    var names = new HashSet<>(sites);
    if (account != null) {
      names.retainAll(account.acknowledged);
    } else {
      names.removeAll(leftToLoop(stamp));
    }
    return names;
  }

  /**
   * Forgets and returns all that every one of {@code sites} has acknowledged. A site that is none
   * of them any more is brought it by the loop, if it ever comes back.
   */
  synchronized List<Errand> takePaid(Collection<String> sites) {
    var paid = new ArrayList<Errand>();
    for (var account : accounts.values()) {
      if (account.acknowledged.containsAll(sites)) {
        account.owed.ifPresent(paid::add);
      }
    }
    paid.forEach(errand -> leave(errand.stamp(), errand.entry().targets()));
    return paid;
  }

  /**
   * Forgets and returns the oldest of what nobody but sites that are {@code away} has not
   * acknowledged, so that at most {@code most} of that are left.
   *
   * @param here all other sites, the own one among them
   */
  synchronized List<Errand> leaveToLoop(Set<String> away, Set<String> here, int most) {
    var waiting = new ArrayList<Errand>();
    for (var account : accounts.values()) {
      if (account.acknowledged.containsAll(here)) {
        account.owed.ifPresent(waiting::add);
      }
    }
    var oldest = List.copyOf(waiting.subList(0, Math.max(0, waiting.size() - most)));
    oldest.forEach(errand -> leave(errand.stamp(), away));
    return oldest;
  }

  private void leave(Stamp stamp, Collection<String> sites) {
    for (var site : sites) {
      if (!accounts.get(stamp).acknowledged.contains(site)) {
        left.merge(site, stamp, BinaryOperator.maxBy(Comparator.naturalOrder()));
      }
    }
    end(stamp);
  }

  /** The loop has brought the {@code connected} sites all that was left to it. */
  synchronized void brought(Collection<String> connected) {
    left.keySet().removeAll(connected);
  }

  /**
   * The sites to which the end of {@code stamp}, which is over, may have been left to be brought by
   * the loop, and that have not been connected since; some may be targets no more.
   */
  public synchronized Set<String> leftToLoop(Stamp stamp) {
    return left.entrySet().stream()
        .filter(entry -> stamp.compareTo(entry.getValue()) <= 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * The greatest stamp up to which nothing is undecided, nor owed to {@code site}; none if no stamp
   * was ever given.
   */
  synchronized Optional<Stamp> settledAt(String site) {
    for (var entry : accounts.entrySet()) {
      if (entry.getValue().owed.isEmpty() || !entry.getValue().acknowledged.contains(site)) {
        return Optional.of(new Stamp(entry.getKey().value() - TICK));
      }
    }
    return Optional.of(greatest).filter(stamp -> !stamp.isNone());
  }

  private Account account(Stamp stamp) {
    return Optional.ofNullable(accounts.get(stamp))
        .orElseThrow(() -> new IllegalStateException("transaction " + stamp + " is over"));
  }
}
