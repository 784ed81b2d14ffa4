package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.VoidMark;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What each site is told of what is decided for good. */
class SettlementTest {
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final World world = new World("B", "C");
  private final Origin origin = world.start();

  @Test
  void writeIsDone_itIsSettledEverywhereWithinASecondOrTwo() {
    send(Write.INSERT);

    world.pass(Duration.ofSeconds(2));

    for (var site : List.of("A", "B", "C")) {
      assertThat(kept(site).entries()).as(site).allMatch(Kept.Entry::settled).hasSize(1);
    }
  }

  @Test
  void writeIsUnderWay_noSiteHearsThatItIsSettled() {
    var gate = new CompletableFuture<Void>();
    world.site("C").door().next(Call.APPLY, new Step.HoldAnswer(gate));
    var stage = origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED);

    world.pass(Duration.ofMillis(2900));

    assertThat(stage.toCompletableFuture()).isNotDone();
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.site(site).door().calls(Call.SETTLE)).isPositive();
      assertThat(kept(site).entries()).as(site).noneMatch(Kept.Entry::settled).hasSize(1);
    }
    gate.complete(null);
    world.pass(A_WHILE);
    assertThat(kept("A").entries()).allMatch(Kept.Entry::settled);
  }

  private void sendWhatBOwesTheUndoOf() {
    var door = world.site("B").door();
    door.next(Call.APPLY, new Step.LoseAnswer());
    for (int i = 0; i < 20; i++) {
      door.next(Call.REVOKE, new Step.LoseRequest());
    }
    send(Write.UPSERT_OF_NEW_ID);
  }

  @Test
  void undoIsPendingAtOneTarget_laterWritesSettleElsewhereButNotThere() {
    sendWhatBOwesTheUndoOf();

    send(Write.UPSERT_OF_NEW_ID);
    world.pass(A_WHILE);

    assertThat(kept("A").entries()).allMatch(Kept.Entry::settled).hasSize(1);
    assertThat(kept("C").entries()).allMatch(Kept.Entry::settled).hasSize(1);
    assertThat(kept("B").entries()).noneMatch(Kept.Entry::settled).hasSize(2);
    world.heal();
    world.pass(Duration.ofSeconds(30));
    assertThat(kept("B").entries()).allMatch(Kept.Entry::settled).hasSize(1);
  }

  @Test
  void oneTargetDoesNotAnswer_theOthersAreToldAllTheSame() {
    send(Write.INSERT);
    for (int i = 0; i < 100; i++) {
      world.site("B").door().next(Call.SETTLE, new Step.LoseRequest());
    }

    world.pass(A_WHILE);

    assertThat(kept("C").entries()).allMatch(Kept.Entry::settled);
    assertThat(kept("B").entries()).noneMatch(Kept.Entry::settled);
  }

  @Test
  void targetIsAddedAgainThatOwedAnUndo_itHearsNothingBeforeItHasCaughtUp() {
    sendWhatBOwesTheUndoOf();
    world.removeFromMesh("B");
    world.pass(A_WHILE);

    world.phase("B", TargetPhase.CATCHING_UP);
    world.pass(A_WHILE);

    assertThat(kept("B").entries()).noneMatch(Kept.Entry::settled).hasSize(1);
    var mark = new VoidMark(Write.ID, kept("A").marks().first());
    assertThat(world.site("B").cluster().revoke(mark, CallContext.UNBOUNDED)).isCompleted();
  }

  @Test
  void processLeaves_nobodyIsToldAnyMore() {
    send(Write.INSERT);
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
    int told = world.site("B").door().calls(Call.SETTLE);

    world.pass(Duration.ofMinutes(1));

    assertThat(world.site("B").door().calls(Call.SETTLE)).isEqualTo(told);
  }

  private void send(Write write) {
    var stage = Answer.of(origin.store().apply(write.mutation(), CallContext.UNBOUNDED));
    world.until(stage);
  }

  private Kept kept(String site) {
    return world.site(site).cluster().contents().get(Write.ID);
  }
}
