package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;
import static dev.kagami.mirror.compensation.Entries.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal.Item;
import dev.kagami.mirror.compensation.JournalEntry.Kind;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Duration FSYNC = Duration.ofMillis(2);
  private static final Timestamp NO_TIME = new Timestamp(0);
  private static final List<String> SITES = List.of("A", "B", "C");

  private final ControlledScheduler time = new ControlledScheduler();
  private final InMemoryCompensationJournal journal = new InMemoryCompensationJournal(time, FSYNC);
  private final Ledger ledger = ledger(journal);

  @Test
  void noStampWasEverGiven_nothingIsSettled() {
    assertThat(ledger.settledAt("B")).isEmpty();
  }

  @Test
  void stampIsUndecided_settledStaysBelowItEverywhere() {
    var first = begin();
    var second = begin();

    assertThat(ledger.settledAt("A").orElseThrow()).isLessThan(first);
    ledger.end(first);
    assertThat(ledger.settledAt("A").orElseThrow()).isBetween(first, before(second));
    ledger.end(second);
    assertThat(ledger.settledAt("A")).contains(second);
  }

  @Test
  void stampIsGivenButItsBoundIsNotDurable_settledStaysBelowItAllTheSame() {
    var begun = ledger.begin(NO_TIME).toCompletableFuture();

    assertThat(begun).isNotDone();
    assertThat(ledger.settledAt("A").orElseThrow().asTimestamp())
        .isLessThan(Timestamp.of(time.instant()));
  }

  @Test
  void oneSiteHasNotAcknowledgedAnUndo_onlyItsSettledStaysBelow() {
    var stamp = begin();
    ledger.owe(undo(stamp));

    ledger.acknowledge(stamp, "B");

    assertThat(ledger.settledAt("B")).contains(stamp);
    assertThat(ledger.settledAt("C").orElseThrow()).isLessThan(stamp);
    assertThat(ledger.owedTo("B")).isEmpty();
    assertThat(ledger.owedTo("C")).hasSize(1);
  }

  @Test
  void everySiteHasAcknowledged_isPaidOnce() {
    var stamp = begin();
    ledger.owe(undo(stamp));
    for (var site : SITES) {
      assertThat(ledger.takePaid(SITES)).isEmpty();
      ledger.acknowledge(stamp, site);
    }

    assertThat(ledger.takePaid(SITES)).hasSize(1);
    assertThat(ledger.takePaid(SITES)).isEmpty();
    assertThat(ledger.acknowledged(stamp, SITES)).containsExactlyInAnyOrderElementsOf(SITES);
  }

  @Test
  void siteIsGone_whatOnlyItOwedIsPaid() {
    var stamp = begin();
    ledger.owe(undo(stamp));
    ledger.acknowledge(stamp, "A");
    ledger.acknowledge(stamp, "B");

    assertThat(ledger.takePaid(List.of("A", "B"))).hasSize(1);
    assertThat(ledger.acknowledged(stamp, SITES)).as("none but those").containsOnly("A", "B");
  }

  @Test
  void moreIsOwedToASiteThatIsAwayThanMayBe_theOldestIsLeft() {
    var stamps = List.of(begin(), begin(), begin());
    stamps.forEach(stamp -> ledger.owe(undo(stamp)));
    var here = Set.of("A", "B");
    here.forEach(site -> stamps.forEach(stamp -> ledger.acknowledge(stamp, site)));

    var over = ledger.leaveToLoop(Set.of("C"), here, 2);

    assertThat(over).extracting(Errand::stamp).containsExactly(stamps.getFirst());
    assertThat(ledger.owedTo("C")).extracting(Errand::stamp).isEqualTo(stamps.subList(1, 3));
    assertThat(ledger.leftToLoop(stamps.getFirst())).containsExactly("C");
    assertThat(ledger.leftToLoop(stamps.getLast())).isEmpty();
    assertThat(ledger.acknowledged(stamps.getFirst(), SITES)).containsExactlyInAnyOrder("A", "B");
    assertThat(ledger.leaveToLoop(Set.of(), Set.copyOf(SITES), 2)).isEmpty();
    assertThat(ledger.leftToLoop(stamps.getFirst())).as("it catches up").containsExactly("C");
    ledger.brought(SITES);
    assertThat(ledger.leftToLoop(stamps.getFirst())).as("it is connected").isEmpty();
  }

  @Test
  void siteThatIsHereHasNotAcknowledged_nothingIsLeft() {
    var stamp = begin();
    ledger.owe(undo(stamp));
    ledger.acknowledge(stamp, "A");

    assertThat(ledger.leaveToLoop(Set.of("C"), Set.of("A", "B"), 0)).isEmpty();
    assertThat(ledger.owed()).isOne();
  }

  @Test
  void writeIsUndecided_itIsNotLeft() {
    begin();

    assertThat(ledger.leaveToLoop(Set.of("C"), Set.of(), 0)).isEmpty();
    assertThat(ledger.unfinished()).hasSize(1);
  }

  @Test
  void journalHasUndecidedEntries_settledStaysBelowThem() {
    var found = List.<Item>of(new Item.Entry(entry(7)), new Item.Bound(stamp(20)));
    var restarted = ledger(new InMemoryCompensationJournal(time, FSYNC, Runnable::run, found));

    assertThat(restarted.settledAt("B")).contains(before(stamp(7)));
    restarted.end(stamp(7));
    assertThat(restarted.settledAt("B")).contains(stamp(20));
  }

  @Test
  void clockStandsBelowTheJournalsBound_refused() {
    var ahead = new Stamp(Timestamp.of(time.instant().plusSeconds(60)).unixNanos());
    var found = List.<Item>of(new Item.Bound(ahead));
    var later = new InMemoryCompensationJournal(time, FSYNC, Runnable::run, found);
    var slow = new HybridClock(time, new WriterNumber(1, 1), Stamp.NONE);

    assertThatThrownBy(() -> new Ledger(slow, later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the journal's bound");
  }

  @Test
  void boundIsReserved_laterStampsWithinItDoNotWait() {
    begin();

    assertThat(ledger.begin(NO_TIME).toCompletableFuture()).isCompleted();
    assertThat(journal.disk()).hasSize(1);
  }

  @Test
  void halfOfTheBoundIsUsedUp_itIsRenewedWhileNobodyWaits() {
    begin();
    time.advance(StampBound.AHEAD.dividedBy(2).plusMillis(1));

    assertThat(ledger.begin(NO_TIME).toCompletableFuture()).isCompleted();

    time.advance(FSYNC);
    assertThat(journal.disk()).hasSize(2);
  }

  @Test
  void everyStampGiven_isWithinTheBoundThatARestartFinds() {
    var random = new SplittableRandom(Seed.next().value());
    for (int i = 0; i < 200; i++) {
      var stamp = begin();
      ledger.end(stamp);

      var found =
          new InMemoryCompensationJournal(time, FSYNC, Runnable::run, journal.afterCrash(0));
      assertThat(found.contents().bound()).isGreaterThanOrEqualTo(stamp);
      time.advance(Duration.ofMillis(random.nextInt(2000)));
    }
  }

  @Test
  void boundCannotBeReserved_theWriteFailsAndIsForgottenAndTheNextTriesAgain() {
    journal.breakDown();

    assertThat(ledger.begin(NO_TIME).toCompletableFuture()).isCompletedExceptionally();
    assertThat(ledger.begin(NO_TIME).toCompletableFuture()).isCompletedExceptionally();

    assertThat(ledger.drained().toCompletableFuture()).isCompleted();
  }

  /** A model with lists instead of a lock: what is told settled is never taken back or passed. */
  @Test
  void anySequenceOfEvents_settledNeverPassesWhatIsUndecidedOrOwed() {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    var undecided = new ArrayList<Stamp>();
    Map<Stamp, Set<String>> owed = new HashMap<>();
    Map<String, Stamp> told = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> undecided.add(begin());
        case 2 -> take(undecided, random).forEach(ledger::end);
        case 3 ->
            take(undecided, random)
                .forEach(stamp -> {
                  ledger.owe(undo(stamp));
                  owed.put(stamp, new HashSet<>(SITES));
                });
        default ->
            take(new ArrayList<>(owed.keySet()), random)
                .forEach(stamp -> {
                  var site = SITES.get(random.nextInt(SITES.size()));
                  ledger.acknowledge(stamp, site);
                  owed.get(stamp).remove(site);
                  ledger.takePaid(SITES);
                  owed.values().removeIf(Set::isEmpty);
                });
      }
      for (var site : SITES) {
        var settled = ledger.settledAt(site).orElse(Stamp.NONE);
        assertThat(undecided).as(seed.toString()).allMatch(stamp -> stamp.compareTo(settled) > 0);
        owed.forEach((stamp, sites) ->
            assertThat(sites.contains(site) && stamp.compareTo(settled) <= 0)
                .as("%s: %s owed to %s", seed, stamp, site)
                .isFalse());
        assertThat(settled)
            .as(seed.toString())
            .isGreaterThanOrEqualTo(told.getOrDefault(site, Stamp.NONE));
        told.put(site, settled);
      }
    }
  }

  private static List<Stamp> take(List<Stamp> from, SplittableRandom random) {
    return from.isEmpty() ? List.of() : List.of(from.remove(random.nextInt(from.size())));
  }

  private Stamp begin() {
    var begun = ledger.begin(NO_TIME).toCompletableFuture();
    time.advance(FSYNC);
    return begun.join();
  }

  private Ledger ledger(CompensationJournal with) {
    return new Ledger(new HybridClock(time, new WriterNumber(1, 1), with.contents().bound()), with);
  }

  private static Stamp before(Stamp stamp) {
    return new Stamp(stamp.value() - (1L << Stamp.WRITER_BITS));
  }

  private static Errand undo(Stamp stamp) {
    return new Errand.Undo(
        new JournalEntry(
            stamp,
            stamp.asTimestamp(),
            new VectorId("id"),
            Kind.INSERT,
            List.of("B", "C"),
            Status.COMPENSATING));
  }
}
