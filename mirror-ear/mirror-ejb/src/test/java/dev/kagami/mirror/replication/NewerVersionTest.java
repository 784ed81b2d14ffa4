package dev.kagami.mirror.replication;

import static dev.kagami.core.error.ValdException.Code.ALREADY_EXISTS;
import static dev.kagami.core.error.ValdException.Code.FAILED_PRECONDITION;
import static dev.kagami.core.error.ValdException.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForwardingVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A write meets a version that is newer than itself. */
class NewerVersionTest {
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final World world = new World("B", "C");

  @Test
  void clientsTimeIsOlderThanWhatAllHold_refusedAndUndone() {
    var origin = world.start();
    List.of("A", "B", "C").forEach(site -> putNewer(site, AHEAD));
    var before = world.visible();

    var answer = send(origin, Write.UPSERT_OF_OLD_ID.mutation(clientsNow()));

    assertThat(answer.refusal(ALREADY_EXISTS)).hasMessageContaining("a newer version exists");
    assertThat(world.visible()).isEqualTo(before);
    assertThat(world.site("B").door().marks()).hasSize(1);
  }

  @Test
  void clientsTimeIsOlderThanWhatOneHolds_acceptedAndKeptBeneath() {
    var origin = world.start();
    putNewer("B", AHEAD);

    var answer = send(origin, Write.UPSERT_OF_NEW_ID.mutation(clientsNow()));

    assertThat(answer.isOk()).isTrue();
    assertThat(world.visible("A", Write.ID)).isPresent();
    assertThat(world.visible("A", Write.ID)).isEqualTo(world.visible("C", Write.ID));
    assertThat(world.visible("B", Write.ID).flatMap(version -> version.vector()))
        .contains(Write.OLD);
  }

  @Test
  void oursIsOlder_runsAgainLaterThanThatAndIsNewestEverywhere() {
    var origin = world.start();
    putNewer("B", AHEAD);

    var answer = send(origin, Write.UPSERT_OF_NEW_ID.mutation());

    assertThat(answer.isOk()).isTrue();
    var version = world.visible("A", Write.ID).orElseThrow();
    assertThat(version.vector()).contains(Write.NEW);
    assertThat(version.timestamp().isAfter(inFuture(AHEAD.minusSeconds(1)))).isTrue();
    assertThat(world.visible("B", Write.ID)).contains(version);
    assertThat(world.visible("C", Write.ID)).contains(version);
    var attempts = world.site("C").door().mutations();
    assertThat(attempts).hasSize(2);
    var first = attempts.get(0).time().stamp();
    assertThat(attempts.get(1).time().voids()).isEqualTo(first);
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.site(site).cluster().contents().get(Write.ID).marks())
          .containsExactly(first);
    }
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
  }

  @Test
  void undoOfTheFirstAttemptIsOwedSomewhere_theSecondIsNotToldToBeRolledBackThere() {
    var origin = world.start();
    putNewer("B", AHEAD);
    var b = world.site("B").door();
    b.next(Call.APPLY, new Step.HoldRequest(CompletableFuture.completedFuture(null)));
    b.next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    world.site("C").door().next(Call.REVOKE, new Step.LoseRequest());

    var answer = send(origin, Write.UPSERT_OF_NEW_ID.mutation());

    assertThat(answer.refusal(RESOURCE_EXHAUSTED)).hasMessageContaining("the undo is pending at C");
    assertThat(answer.bySite().get("C")).contains("undo pending");
    assertThat(answer.bySite().get("A")).contains("rolled back");
  }

  @Test
  void firstAttemptArrivesAfterTheSecond_itIsNotAccepted() {
    var origin = world.start();
    var gate = new CompletableFuture<Void>();
    putNewer("B", AHEAD);
    world.site("C").door().next(Call.APPLY, new Step.HoldRequest(gate));
    var stage =
        Answer.of(origin.store().apply(Write.UPSERT_OF_NEW_ID.mutation(), CallContext.UNBOUNDED));
    world.until(stage);
    var before = world.visible();

    gate.complete(null);

    assertThat(world.visible()).isEqualTo(before);
  }

  @Test
  void oursIsOlderAgain_theOtherHasWonAndOursCountsAsDone() {
    world.bend("B", AlwaysAhead::new);
    var origin = world.start();

    var answer = send(origin, Write.UPSERT_OF_NEW_ID.mutation());

    assertThat(answer.isOk()).isTrue();
    assertThat(world.site("C").door().mutations()).hasSize(2);
    assertThat(world.visible("C", Write.ID).flatMap(version -> version.vector()))
        .contains(Write.NEW);
    assertThat(world.visible("B", Write.ID).flatMap(version -> version.vector()))
        .contains(Write.OLD);
  }

  @Test
  void newerIsFurtherAheadThanAnyClockMayGo_undoneAndTold() {
    var origin = world.start();
    putNewer("B", Duration.ofHours(3));
    var before = world.visible();

    var answer = send(origin, Write.UPSERT_OF_NEW_ID.mutation());

    assertThat(answer.refusal(FAILED_PRECONDITION)).hasMessageContaining("ahead of now");
    assertThat(world.visible()).isEqualTo(before);
  }

  /** Somebody always writes to this site just before a write of ours arrives. */
  private final class AlwaysAhead extends ForwardingVectorStore {
    private Duration ahead = AHEAD;

    AlwaysAhead(VectorStore behind) {
      super(behind);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      putNewer("B", ahead);
      ahead = ahead.plusMinutes(1);
      return super.apply(mutation, context);
    }
  }

  private void putNewer(String site, Duration ahead) {
    var upsert = new Mutation.Upsert(Write.ID, Write.OLD, WriteTime.ofClient(inFuture(ahead)));
    assertThat(
            world.site(site).cluster().apply(upsert, CallContext.UNBOUNDED).toCompletableFuture())
        .isCompleted();
  }

  private WriteTime clientsNow() {
    return WriteTime.ofClient(inFuture(Duration.ZERO));
  }

  private Timestamp inFuture(Duration ahead) {
    return Timestamp.of(world.time().instant().plus(ahead));
  }

  private Answer send(Origin origin, Mutation mutation) {
    var stage = Answer.of(origin.store().apply(mutation, CallContext.UNBOUNDED));
    world.until(stage);
    return stage.toCompletableFuture().join();
  }
}
