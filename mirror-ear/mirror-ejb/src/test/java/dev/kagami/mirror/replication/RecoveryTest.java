package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal.Item;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import dev.kagami.mirror.compensation.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries that a process finds in its journal, and what it makes of them. */
class RecoveryTest {
  private static final Duration A_WHILE = Duration.ofSeconds(15);

  private final World world = new World("B", "C");
  private final Stamp first = stamp(1);
  private final Stamp second = stamp(2);
  private final Mutation write = Write.INSERT.mutation(WriteTime.UNSTAMPED.stamped(first));
  private final Mutation later =
      new Mutation.Upsert(Write.ID, Write.OLD, WriteTime.UNSTAMPED.stamped(second));

  @Test
  void ownClusterHoldsTheVersion_itIsLevelledForwardToAll() {
    put("A", write);

    recover(Status.ACTIVE);

    assertAllShow(write.version());
  }

  @Test
  void ownClusterHoldsItAndATargetIsAway_itGetsItWhenItIsBack() {
    put("A", write);
    world.site("B").door().always(new Step.LoseRequest());

    var origin = recover(Status.ACTIVE);
    assertThat(world.visible("C", Write.ID)).contains(write.version());
    assertThat(world.visible("B", Write.ID)).isEmpty();
    assertThat(origin.leave().toCompletableFuture()).isNotDone();

    world.heal();
    world.pass(A_WHILE);
    assertAllShow(write.version());
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
  }

  @Test
  void ownClusterDoesNotHoldIt_itIsUndoneEverywhere() {
    put("B", write);

    recover(Status.ACTIVE);

    for (var site : List.of("A", "B", "C")) {
      assertThat(world.visible(site, Write.ID)).as(site).isEmpty();
      assertThat(world.site(site).door().marks()).as(site).hasSize(1);
    }
  }

  @Test
  void ownClusterCannotAnswer_nothingIsDecidedUntilItCan() {
    put("B", write);
    for (int i = 0; i < 5; i++) {
      world.site("A").door().next(Call.FIND, new Step.Refuse(new Unavailable("agents are away")));
      world.site("A").door().next(Call.FIND, new Step.LoseRequest());
    }

    var origin = recover(Status.ACTIVE);
    assertThat(world.visible("B", Write.ID)).contains(write.version());
    assertThat(world.site("B").door().marks()).isEmpty();
    assertThat(origin.leave().toCompletableFuture()).isNotDone();

    world.pass(Duration.ofMinutes(2));
    assertThat(world.visible("B", Write.ID)).isEmpty();
  }

  @Test
  void writeComesWhileSomethingIsUndecided_itIsRefusedAndTakenAfterwards() {
    for (int i = 0; i < 5; i++) {
      world.site("A").door().next(Call.FIND, new Step.Refuse(new Unavailable("agents are away")));
    }
    var origin = start(JournalEntry.active(write, List.of("B", "C")));
    var next = new Mutation.Insert(new VectorId("next"), Write.NEW, WriteTime.UNSTAMPED);

    assertThat(origin.recovery().undecided()).isEqualTo(1);
    assertThatThrownBy(() -> origin.store().apply(next, CallContext.UNBOUNDED))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("1 to go", "nothing was changed");
    assertThat(world.site("A").door().mutations()).isEmpty();

    world.until(origin.recovery().judged());
    assertThat(origin.recovery().undecided()).isZero();
    var taken = origin.store().apply(next, CallContext.UNBOUNDED);
    world.until(taken);
    assertThat(taken.toCompletableFuture()).isCompleted();
  }

  @Test
  void journalRefusesTheDecision_itIsMadeAsSoonAsTheJournalTakesIt() {
    put("B", write);
    var disk = disk(JournalEntry.active(write, List.of("B", "C")));
    var journal = new InMemoryCompensationJournal(world.time(), World.FSYNC, Runnable::run, disk);
    journal.breakDown();

    var origin = world.start("A", journal);
    world.pass(A_WHILE);
    assertThat(origin.recovery().judged().toCompletableFuture()).isNotDone();
    assertThat(world.site("B").door().marks()).as("nobody hears of what may be lost").isEmpty();

    journal.repair();
    world.pass(A_WHILE);
    assertThat(origin.recovery().judged().toCompletableFuture()).isCompleted();
    assertThat(world.visible("B", Write.ID)).isEmpty();
  }

  @Test
  void targetsAreAway_theRecoveryDoesNotWaitForThem() {
    world.site("B").door().always(new Step.LoseRequest());
    world.site("C").door().always(new Step.LoseRequest());

    var origin = start(JournalEntry.active(write, List.of("B", "C")));
    world.pass(Patience.DEFAULT.answer().plusSeconds(1));

    assertThat(origin.recovery().judged().toCompletableFuture()).isCompleted();
    assertThat(origin.compensator().owedTo("B")).hasSize(1);
  }

  @Test
  void nothingIsUndecided_theRecoveryIsDoneAtOnce() {
    var decided = JournalEntry.active(write, List.of("B", "C")).with(Status.COMPENSATING);

    assertThat(start(decided).recovery().judged().toCompletableFuture()).isCompleted();
  }

  @Test
  void newerSettledVersionHasReplacedIt_thatIsLevelledForward() {
    put("A", write);
    put("A", later);
    settle("A", second);
    put("B", write);

    recover(Status.ACTIVE);

    assertAllShow(later.version());
    assertThat(world.site("B").door().marks()).isEmpty();
  }

  @Test
  void onlyOlderOrUnsettledVersionsAreThere_itIsUndone() {
    put("A", later);
    put("B", write);
    put("B", later);
    put("C", later);

    recover(Status.ACTIVE);

    assertAllShow(later.version());
    assertThat(world.site("B").cluster().contents().get(Write.ID).marks()).containsExactly(first);
  }

  @Test
  void clientsTimeMakesItTheNewer_aSettledVersionOfALaterStampDoesNotStandForIt() {
    var ahead = Timestamp.of(world.time().instant().plusSeconds(60));
    var newer = Write.UPSERT_OF_NEW_ID.mutation(WriteTime.ofClient(ahead).stamped(first));
    put("A", later);
    settle("A", second);
    put("B", later);
    put("B", newer);
    put("C", later);

    recover(JournalEntry.active(newer, List.of("B", "C")));

    assertAllShow(later.version());
  }

  @Test
  void undoWasDecided_itGoesOnAlthoughTheOwnClusterHoldsTheVersion() {
    put("A", write);
    put("B", write);

    recover(Status.COMPENSATING);

    for (var site : List.of("A", "B", "C")) {
      assertThat(world.visible(site, Write.ID)).as(site).isEmpty();
    }
    assertThat(world.site("A").door().calls(Call.FIND)).isZero();
  }

  private Origin recover(Status status) {
    return recover(JournalEntry.active(write, List.of("B", "C")).with(status));
  }

  private Origin recover(JournalEntry entry) {
    var origin = start(entry);
    world.pass(A_WHILE);
    return origin;
  }

  private Origin start(JournalEntry entry) {
    return world.start(
        "A",
        new InMemoryCompensationJournal(world.time(), World.FSYNC, Runnable::run, disk(entry)));
  }

  private List<Item> disk(JournalEntry entry) {
    return List.of(new Item.Entry(entry), new Item.Bound(second));
  }

  private void put(String site, Mutation mutation) {
    var peer = new CallContext(CallContext.UNBOUNDED.deadline(), CallContext.Origin.PEER);
    var stored = world.site(site).cluster().apply(mutation.unconditional(), peer);
    assertThat(stored.toCompletableFuture()).isCompleted();
  }

  private void settle(String site, Stamp stamp) {
    var settled = world.site(site).cluster().settle(stamp, CallContext.UNBOUNDED);
    assertThat(settled.toCompletableFuture()).isCompleted();
  }

  private void assertAllShow(Version version) {
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.visible(site, Write.ID)).as(site).contains(version);
    }
  }

  /** Of the origin's own, some ticks ago. */
  private Stamp stamp(int number) {
    long tick = Timestamp.of(world.time().instant()).unixNanos() / 1024 - 1000 + number;
    var writer = new WriterNumber(1, WriterNumber.FIRST_MIRROR);
    return new Stamp(tick << Stamp.WRITER_BITS | writer.bits());
  }
}
