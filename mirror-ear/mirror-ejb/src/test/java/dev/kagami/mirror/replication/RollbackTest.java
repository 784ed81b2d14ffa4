package dev.kagami.mirror.replication;

import static dev.kagami.core.error.ValdException.Code.DEADLINE_EXCEEDED;
import static dev.kagami.core.error.ValdException.Code.INTERNAL;
import static dev.kagami.core.error.ValdException.Code.RESOURCE_EXHAUSTED;
import static dev.kagami.core.error.ValdException.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.compensation.Patience;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A write fails somewhere: afterwards every site is as before, and the client knows. */
class RollbackTest {
  private final World world = new World("B", "C");
  private final InMemoryCompensationJournal journal =
      new InMemoryCompensationJournal(world.time(), World.FSYNC);
  private final Origin origin = world.start("A", journal);

  /** What goes wrong while the write is on its way; the undo passes. */
  enum Fault {
    TARGET_REFUSES(RESOURCE_EXHAUSTED),
    TARGET_IS_SILENT(DEADLINE_EXCEEDED),
    TARGETS_ANSWER_IS_LOST(DEADLINE_EXCEEDED),
    TARGET_STORES_THEN_CUTS(UNAVAILABLE),
    TARGET_STORES_THEN_REFUSES(RESOURCE_EXHAUSTED),
    TARGET_CANCELS(UNAVAILABLE),
    OWN_CLUSTER_REFUSES(RESOURCE_EXHAUSTED),
    OWN_CLUSTER_IS_SILENT(DEADLINE_EXCEEDED),
    OWN_CLUSTERS_ANSWER_IS_LOST(DEADLINE_EXCEEDED),
    BOTH_TARGETS_ARE_SILENT(DEADLINE_EXCEEDED),
    TARGET_IS_SILENT_AND_OWN_CLUSTER_REFUSES(RESOURCE_EXHAUSTED),
    ONE_IS_SILENT_AND_ONE_REFUSES(RESOURCE_EXHAUSTED);

    private final Code code;

    Fault(Code code) {
      this.code = code;
    }

    private Map<String, Step> steps() {
      return switch (this) {
        case TARGET_REFUSES -> Map.of("B", new Step.Refuse(full()));
        case TARGET_IS_SILENT -> Map.of("B", new Step.LoseRequest());
        case TARGETS_ANSWER_IS_LOST -> Map.of("B", new Step.LoseAnswer());
        case TARGET_STORES_THEN_CUTS -> Map.of("B", new Step.DoThenFail(cut()));
        case TARGET_STORES_THEN_REFUSES -> Map.of("B", new Step.DoThenFail(full()));
        case TARGET_CANCELS ->
            Map.of("B", new Step.Refuse(new ValdException.Cancelled("shutting down")));
        case OWN_CLUSTER_REFUSES -> Map.of("A", new Step.Refuse(full()));
        case OWN_CLUSTER_IS_SILENT -> Map.of("A", new Step.LoseRequest());
        case OWN_CLUSTERS_ANSWER_IS_LOST -> Map.of("A", new Step.LoseAnswer());
        case BOTH_TARGETS_ARE_SILENT ->
            Map.of("B", new Step.LoseRequest(), "C", new Step.LoseAnswer());
        case TARGET_IS_SILENT_AND_OWN_CLUSTER_REFUSES ->
            Map.of("A", new Step.Refuse(full()), "B", new Step.LoseAnswer());
        case ONE_IS_SILENT_AND_ONE_REFUSES ->
            Map.of("B", new Step.LoseAnswer(), "C", new Step.Refuse(full()));
      };
    }

    void happenIn(World world) {
      steps().forEach((site, step) -> world.site(site).door().next(Call.APPLY, step));
    }
  }

  static Stream<Arguments> everyWriteWithEveryFault() {
    return Stream.of(Write.values())
        .flatMap(write -> Stream.of(Fault.values()).map(fault -> Arguments.of(write, fault)));
  }

  @ParameterizedTest
  @MethodSource("everyWriteWithEveryFault")
  void writeFails_everySiteIsAsBeforeAndTheClientGetsTheCode(Write write, Fault fault) {
    prepare(write);
    var before = world.visible();
    fault.happenIn(world);

    var answer = send(write);

    assertThat(world.visible()).isEqualTo(before);
    var error = answer.refusal(fault.code);
    assertThat(error.getMessage()).endsWith("; rolled back");
    assertThat(answer.bySite()).containsOnlyKeys("A", "B", "C");
    assertThat(answer.bySite().get("C")).contains("; rolled back: ").contains(write.undo());
    world.pass(Duration.ofSeconds(60));
    assertThat(world.visible()).isEqualTo(before);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void targetFails_theErrorNamesItAndTheCause(Write write) {
    prepare(write);
    Fault.TARGET_REFUSES.happenIn(world);

    var answer = send(write);

    assertThat(answer.refusal(RESOURCE_EXHAUSTED)).hasMessageStartingWith("B: the disk is full");
    assertThat(answer.bySite().get("A")).isEqualTo("stored; rolled back: " + write.undo());
    assertThat(answer.bySite().get("B")).startsWith("RESOURCE_EXHAUSTED: the disk is full; ");
  }

  @ParameterizedTest
  @EnumSource
  void targetTakesTheWriteAndVanishes_itIsUndoneThereAsSoonAsItIsBack(Write write) {
    prepare(write);
    var before = world.visible();
    var door = world.site("B").door();
    door.next(Call.APPLY, new Step.DoThenFail(cut()));
    door.always(new Step.LoseRequest());

    var answer = send(write);

    assertThat(answer.refusal(UNAVAILABLE)).hasMessageEndingWith("the undo is pending at B");
    assertThat(answer.bySite().get("A")).contains("rolled back");
    assertThat(answer.bySite().get("B")).contains("undo pending");
    assertThat(World.visible(world.site("A"))).isEqualTo(before.get(0));
    assertThat(World.visible(world.site("B"))).isNotEqualTo(before.get(1));
    assertThat(World.visible(world.site("C"))).isEqualTo(before.get(2));
    assertThat(origin.compensator().owedTo("B"))
        .extracting(JournalEntry::status)
        .containsExactly(JournalEntry.Status.COMPENSATING);

    world.pass(Duration.ofMinutes(5));
    door.pass();
    world.pass(Patience.DEFAULT.longestRetry().plusSeconds(1));

    assertThat(world.visible()).isEqualTo(before);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void writeArrivesAfterItsUndo_itIsNotAccepted(Write write) {
    prepare(write);
    var before = world.visible();
    var gate = new CompletableFuture<Void>();
    world.site("B").door().next(Call.APPLY, new Step.HoldRequest(gate));

    send(write).refusal(DEADLINE_EXCEEDED);
    gate.complete(null);

    assertThat(world.visible()).isEqualTo(before);
    world.pass(Duration.ofSeconds(10));
    assertThat(world.visible()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void writeArrivesAfterItsUndoIsSettled_itIsNotAccepted(Write write) {
    prepare(write);
    var before = world.visible();
    var gate = new CompletableFuture<Void>();
    world.site("B").door().next(Call.APPLY, new Step.HoldRequest(gate));

    send(write).refusal(DEADLINE_EXCEEDED);
    world.pass(Duration.ofMinutes(1));
    gate.complete(null);

    assertThat(world.visible()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "CONNECTED", mode = EnumSource.Mode.EXCLUDE)
  void targetIsNotConnected_writeIsUnavailableAndNobodyHearsOfIt(TargetPhase phase) {
    world.phase("C", phase);

    var answer = send(Write.INSERT);

    assertThat(answer.refusal(UNAVAILABLE))
        .hasMessageContaining("C is " + phase)
        .hasMessageEndingWith("nothing was changed");
    assertThat(answer.bySite()).containsOnlyKeys("B", "C");
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.site(site).door().calls(Call.APPLY)).isZero();
    }
    assertThat(journal.disk()).isEmpty();
  }

  @Test
  void journalIsFull_writeIsUnavailableAndNobodyHearsOfIt() {
    journal.breakDown();

    var error = send(Write.INSERT).refusal(UNAVAILABLE);

    assertThat(error)
        .hasMessageContaining("disk is full")
        .hasMessageEndingWith("nothing was changed");
    assertThat(world.site("A").door().calls(Call.APPLY)).isZero();
    assertThat(world.site("B").door().calls(Call.APPLY)).isZero();
  }

  @Test
  void decisionCannotBeKept_nobodyIsToldToUndoAndTheOutcomeIsUnknown() {
    world.site("B").door().next(Call.APPLY, new Step.LoseAnswer());
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
    world.pass(Duration.ofSeconds(1));
    journal.breakDown();
    world.until(stage);

    var answer = stage.toCompletableFuture().join();
    assertThat(answer.refusal(INTERNAL)).hasMessageContaining("the outcome is unknown");
    assertThat(answer.bySite().get("A")).isEqualTo("stored; not decided");
    world.pass(Duration.ofMinutes(1));
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.site(site).door().marks()).isEmpty();
    }
    var kept = world.site("A").cluster().contents().get(Write.ID);
    assertThat(kept.entries()).as("not settled").allMatch(entry -> !entry.settled());
  }

  @Test
  void decisionIsKeptAtLast_theWriteIsUndoneEverywhere() {
    world.site("B").door().next(Call.APPLY, new Step.LoseAnswer());
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
    world.pass(Duration.ofSeconds(1));
    journal.breakDown();
    world.until(stage);

    journal.repair();
    world.pass(Duration.ofMinutes(1));

    assertThat(world.visible()).allMatch(Map::isEmpty);
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
  }

  @Test
  void oneTargetDoesNotAcknowledge_theOthersAreNotKeptWaiting() {
    world.site("B").door().always(new Step.LoseRequest());
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));

    world.pass(Patience.DEFAULT.answer().plusMillis(20));

    assertThat(world.site("C").cluster().contents().get(Write.ID).marks()).hasSize(1);
    assertThat(world.site("A").cluster().contents().get(Write.ID).marks()).hasSize(1);
    assertThat(stage.toCompletableFuture()).as("waits for B").isNotDone();
    world.pass(Patience.DEFAULT.answer());
    assertThat(stage.toCompletableFuture()).as("but not for ever").isDone();
  }

  @Test
  void targetThatOwesAnAcknowledgementIsRemoved_theUndoIsGivenUpThere() {
    world.site("B").door().always(new Step.LoseRequest());
    send(Write.INSERT).refusal(DEADLINE_EXCEEDED);

    world.removeFromMesh("B");
    world.pass(Duration.ofSeconds(5));
    int asked = world.site("B").door().calls(Call.REVOKE);
    world.pass(Duration.ofMinutes(5));

    assertThat(world.site("B").door().calls(Call.REVOKE)).isEqualTo(asked);
    assertNothingIsLeft();
  }

  @Test
  void targetIsRemovedWhileItIsToldToUndo_nobodySaysThatItHas() {
    var door = world.site("B").door();
    door.next(Call.APPLY, new Step.LoseAnswer());
    door.next(Call.REVOKE, new Step.LoseRequest());
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
    world.pass(Patience.DEFAULT.answer().plusMillis(100));
    assertThat(door.calls(Call.REVOKE)).isEqualTo(1);

    world.removeFromMesh("B");
    world.until(stage);

    assertThat(stage.toCompletableFuture().join().bySite().get("B")).contains("undo pending");
  }

  @Test
  void targetIsBack_hurryTellsItAtOnceAndSaysWhetherItHasAcknowledged() {
    var door = world.site("B").door();
    door.always(new Step.LoseRequest());
    send(Write.INSERT).refusal(DEADLINE_EXCEEDED);
    world.pass(Duration.ofMinutes(5));
    assertThat(origin.compensator().owedTo("B")).hasSize(1);

    var tooEarly = origin.compensator().hurry("B").toCompletableFuture();
    world.pass(Patience.DEFAULT.answer().multipliedBy(2));
    door.pass();
    var inTime = origin.compensator().hurry("B").toCompletableFuture();
    world.until(inTime);

    assertThat(tooEarly).isCompletedWithValue(false);
    assertThat(inTime).isCompletedWithValue(true);
    assertThat(origin.compensator().owedTo("B")).isEmpty();
  }

  @Test
  void undoIsRefusedAgainAndAgain_waitsGrowUpToTheLongest() {
    world.site("B").door().next(Call.APPLY, new Step.Refuse(full()));
    world.site("B").cluster().refuseWrites();
    send(Write.INSERT).refusal(RESOURCE_EXHAUSTED);

    world.pass(Duration.ofSeconds(10));
    int soon = world.site("B").door().calls(Call.REVOKE);
    world.pass(Duration.ofSeconds(100));
    int later = world.site("B").door().calls(Call.REVOKE) - soon;

    assertThat(soon).isBetween(5, 12);
    assertThat(later).isBetween(9, 21);
  }

  @Test
  void processLeaves_itTakesNoMoreWritesAndEndsWhatItBegan() {
    world.site("B").door().next(Call.APPLY, new Step.LoseAnswer());
    var begun = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
    world.pass(Duration.ofSeconds(1));

    var left = origin.leave().toCompletableFuture();

    assertThat(send(Write.INSERT).refusal(UNAVAILABLE)).hasMessageContaining("shutting down");
    assertThat(left).isNotDone();
    world.until(left);
    assertThat(left).isCompleted();
    begun.toCompletableFuture().join().refusal(DEADLINE_EXCEEDED);
  }

  private void prepare(Write write) {
    if (write.needsOld()) {
      var stored = origin.store().apply(Write.insertOld(), CallContext.UNBOUNDED);
      world.until(stored);
      assertThat(stored.toCompletableFuture()).isCompleted();
      world.pass(Duration.ofSeconds(5));
    }
  }

  private Answer send(Write write) {
    try {
      var stage = Answer.of(origin.store().apply(write.mutation(), CallContext.UNBOUNDED));
      world.until(stage);
      return stage.toCompletableFuture().join();
    } catch (ValdException refused) {
      return new Answer(Optional.of(refused));
    }
  }

  private void assertNothingIsLeft() {
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
    var next =
        new InMemoryCompensationJournal(
            world.time(), World.FSYNC, Runnable::run, journal.afterCrash(Integer.MAX_VALUE));
    assertThat(next.contents().entries()).isEmpty();
  }

  static ValdException full() {
    return new ResourceExhausted("the disk is full");
  }

  private static ValdException cut() {
    return new Unavailable("the connection was cut");
  }
}
