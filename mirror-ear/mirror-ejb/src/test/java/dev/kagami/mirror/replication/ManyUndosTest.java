package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.console.WriteOperations;
import dev.kagami.mirror.console.WriteView;
import dev.kagami.mirror.console.WriteView.State;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes are undone, one after the other, while a site is away. */
class ManyUndosTest {
  private static final int REMEMBERED = 2;
  private static final int UNDONE = 5;

  private final World world = new World("B", "C");
  private final InMemoryCompensationJournal journal =
      new InMemoryCompensationJournal(world.time(), World.FSYNC);
  private Origin origin;
  private WriteOperations writes;

  @BeforeEach
  void siteIsAway() {
    world.mode(Mode.CONNECTED);
    world.remember(REMEMBERED);
    world.phase("C", TargetPhase.DISCONNECTED);
    world.site("C").door().always(new Step.LoseRequest());
    origin = world.start("A", journal);
    writes = new WriteOperations(origin, world.time());
  }

  @Test
  void siteStaysAway_onlySoManyAreRememberedAndOlderOnesAreSaidToBePending() {
    var first = undone();
    for (int i = 1; i < UNDONE; i++) {
      undone();
    }

    world.pass(Duration.ofSeconds(2));

    assertThat(origin.compensator().owedTo("C")).hasSize(REMEMBERED);
    assertThat(afterCrash()).isEqualTo(REMEMBERED);
    assertThat(writes.receipt(first).state()).isEqualTo(State.UNDO_PENDING);
    assertThat(writes.receipt(first).pendingAt()).containsExactly("C");
  }

  @Test
  void siteIsBack_nothingIsPending() {
    var first = undone();
    for (int i = 1; i < UNDONE; i++) {
      undone();
    }
    world.pass(Duration.ofSeconds(2));

    world.heal();
    world.phase("C", TargetPhase.CONNECTED);
    world.pass(Duration.ofSeconds(20));

    assertThat(writes.pending()).isEmpty();
    assertThat(afterCrash()).isZero();
    assertThat(writes.receipt(first).state()).isEqualTo(State.NOWHERE);
  }

  @Test
  void writeStood_isNotSaidToBePending() {
    write();
    var stood = writes.explain(Write.ID).toCompletableFuture();
    world.until(stood);
    for (int i = 0; i < UNDONE; i++) {
      undone();
    }

    world.pass(Duration.ofSeconds(2));

    var stamp = stood.join().writes().getFirst().stamp();
    assertThat(writes.receipt(stamp)).extracting(WriteView::state).isEqualTo(State.APPLIED);
  }

  @Test
  void ownClusterHasNotHeard_allAreRememberedAndFurtherWritesAreRefused() {
    int most = 10 * REMEMBERED;
    world.site("A").door().always(new Step.LoseRequest());
    for (int i = 0; i < most; i++) {
      write();
    }

    assertThatThrownBy(this::write)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(most + " writes are still to be undone at the own cluster");

    world.pass(Duration.ofSeconds(2));
    assertThat(origin.compensator().owed()).isEqualTo(most);
    assertThat(afterCrash()).isEqualTo(most);
  }

  @Test
  void ownClusterIsBack_writesAreTakenAgain() {
    world.site("A").door().always(new Step.LoseRequest());
    for (int i = 0; i < 10 * REMEMBERED; i++) {
      write();
    }

    world.site("A").door().pass();
    world.pass(Duration.ofSeconds(20));
    write();

    assertThat(world.site("A").cluster().contents()).containsKey(Write.ID);
  }

  /** B refuses it; its stamp. */
  private Stamp undone() {
    world.site("B").door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    write();
    return origin.compensator().owedTo("C").getLast().stamp();
  }

  private void write() {
    var stage =
        Answer.of(origin.store().apply(Write.UPSERT_OF_NEW_ID.mutation(), CallContext.UNBOUNDED));
    world.until(stage);
  }

  /** How many entries the next process would find. */
  private int afterCrash() {
    var disk = journal.afterCrash(Integer.MAX_VALUE);
    return new InMemoryCompensationJournal(world.time(), World.FSYNC, Runnable::run, disk)
        .contents()
        .entries()
        .size();
  }
}
