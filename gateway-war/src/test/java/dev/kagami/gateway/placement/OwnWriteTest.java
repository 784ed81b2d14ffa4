package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.Answers.isOpen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ErrorDetail.TargetOutcome;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Mutation.Condition;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Writes whose origin is the gateway, over two holders of three agents, with their troubles. */
class OwnWriteTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector OLD = Vector.of(1, 2, 3, 4);
  private static final Vector NEW = Vector.of(5, 6, 7, 8);

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);
  private final ForeignWriter elsewhere = new ForeignWriter(new WriterNumber(2, 1), cluster.time);

  @Test
  void allHoldersStoreIt_theFirstAloneJudges() {
    var applied = answer(write(insert(OLD)));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    assertThat(applied.location().name().split(",", -1))
        .containsExactlyInAnyOrder(holderName(0), holderName(1))
        .isSorted();
    assertThat(sentTo(0).condition()).isEqualTo(Condition.CHECKED);
    assertThat(sentTo(1).condition()).isEqualTo(Condition.UNCONDITIONAL);
    assertThat(sentTo(1).version()).isEqualTo(sentTo(0).version());
    assertThat(sentTo(0).time().stamp().writer()).isEqualTo(ClusterInMemory.WRITER);
    assertThat(cluster.script(ID, 2).calls(Call.APPLY)).isZero();
  }

  @Test
  void firstHolderRefuses_theOthersHearNothingAndNothingIsUndone() {
    answer(write(insert(OLD)));

    var refusal = failure(write(insert(NEW)));

    assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(cluster.script(ID, 1).calls(Call.APPLY)).isEqualTo(1);
    assertThat(cluster.script(ID, 0).marks()).isEmpty();
  }

  @Test
  void secondHolderRefuses_itsCodeIsAnsweredAndTheWriteIsUndone() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.Refuse(new ResourceExhausted("disk full")));

    var failure = failure(write(insert(NEW)));

    assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(failure)
        .hasMessageContaining("an-id")
        .hasMessageContaining(holderName(1) + ": disk full")
        .hasMessageContaining("the write is undone");
    assertThat(failure.details())
        .containsExactlyInAnyOrder(
            new TargetOutcome(holderName(0), "stored, undone"),
            new TargetOutcome(holderName(1), "RESOURCE_EXHAUSTED: disk full, undone"));
    nothingIsLeft();
  }

  @Test
  void secondHolderIsSilent_theWriteIsUndoneWhenPatienceEnds() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.LoseRequest());
    var stage = write(insert(NEW));
    isOpen(stage);

    cluster.time.advance(Replication.PATIENCE);

    assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    nothingIsLeft();
  }

  @Test
  void clientWaitsShorter_itsDeadlineCounts() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.LoseRequest());
    var context = CallContext.UNBOUNDED.within(Duration.ofMillis(700), cluster.time.instant());
    var stage = cluster.gateway.apply(insert(NEW), context);

    cluster.time.advance(Duration.ofMillis(700));

    assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    nothingIsLeft();
  }

  @Test
  void secondHoldersAnswerIsLost_whatItStoredIsUndone() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.LoseAnswer());
    var stage = write(insert(NEW));
    assertThat(cluster.kept(ID, 1).visible()).isPresent();

    cluster.time.advance(Replication.PATIENCE);

    assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    nothingIsLeft();
  }

  @Test
  void connectionIsCutAfterStoring_whatWasStoredIsUndone() {
    for (int rank : new int[] {0, 1}) {
      cluster.script(ID, rank).next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));

      assertThat(failure(write(insert(NEW))).code()).isEqualTo(Code.UNAVAILABLE);

      nothingIsLeft();
    }
  }

  @Test
  void writeArrivesAfterItsUndo_staysInvisible() {
    for (int rank : new int[] {0, 1}) {
      var gate = new CompletableFuture<Void>();
      cluster.script(ID, rank).next(Call.APPLY, new Step.HoldRequest(gate));
      var stage = write(insert(NEW));
      cluster.time.advance(Replication.PATIENCE);
      assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);

      gate.complete(null);

      nothingIsLeft();
      cluster.time.advance(Settling.INTERVAL);
      nothingIsLeft();
    }
  }

  @Test
  void updateFails_theOldVersionShowsAgainEverywhere() {
    answer(write(insert(OLD)));
    cluster.time.advance(Settling.INTERVAL);
    var before = visible(0);
    cluster.script(ID, 1).next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));

    failure(write(new Mutation.Update(ID, NEW, WriteTime.UNSTAMPED)));

    assertThat(visible(0)).isEqualTo(before);
    assertThat(visible(1)).isEqualTo(before);
    assertThat(before.vector()).contains(OLD);
  }

  @Test
  void undoIsNotAcknowledged_isToldAndSentUntilItIs() {
    var second = cluster.script(ID, 1);
    second.next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));
    for (int i = 0; i < 3; i++) {
      second.next(Call.REVOKE, new Step.Refuse(new Unavailable("still cut")));
    }

    var failure = failure(write(insert(NEW)));

    assertThat(failure).hasMessageContaining("its undo is pending at " + holderName(1));
    assertThat(failure.details())
        .contains(
            new TargetOutcome(holderName(0), "stored, undone"),
            new TargetOutcome(holderName(1), "UNAVAILABLE: cut, undo pending"));
    assertThat(cluster.kept(ID, 0).visible()).isEmpty();
    assertThat(cluster.kept(ID, 1).visible()).isPresent();

    cluster.time.advance(Undo.FIRST_PAUSE);
    assertThat(second.marks()).hasSize(2);
    cluster.time.advance(Undo.FIRST_PAUSE.multipliedBy(2));
    assertThat(second.marks()).hasSize(3);
    cluster.time.advance(Undo.FIRST_PAUSE.multipliedBy(4));
    nothingIsLeft();
    assertThat(second.marks()).hasSize(4);
    cluster.time.advance(Undo.LONGEST_PAUSE.multipliedBy(3));
    assertThat(second.marks()).as("and not again").hasSize(4);
  }

  @Test
  void undoIsMetWithSilence_answersAfterItsPatience() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.Refuse(new Unavailable("cut")));
    cluster.script(ID, 1).next(Call.REVOKE, new Step.LoseAnswer());
    var stage = write(insert(NEW));
    isOpen(stage);

    cluster.time.advance(Undo.PATIENCE);

    assertThat(failure(stage)).hasMessageContaining("its undo is pending at " + holderName(1));
  }

  @Test
  void undoIsPending_itsAgentIsNotToldThatItIsSettledButOthersAre() {
    answer(write(insert(OLD)));
    var second = cluster.script(ID, 1);
    second.next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));
    for (int i = 0; i < 5; i++) {
      second.next(Call.REVOKE, new Step.Refuse(new Unavailable("cut")));
    }
    failure(write(new Mutation.Update(ID, NEW, WriteTime.UNSTAMPED)));

    cluster.time.advance(Settling.INTERVAL);

    assertThat(cluster.kept(ID, 0).entries()).singleElement().matches(entry -> entry.settled());
    assertThat(cluster.kept(ID, 1).entries()).hasSize(2);
    assertThat(cluster.kept(ID, 1).entries().getFirst().settled()).isFalse();
    cluster.time.advance(Undo.LONGEST_PAUSE);
    assertThat(cluster.kept(ID, 1).entries()).isEqualTo(cluster.kept(ID, 0).entries());
  }

  @Test
  void writeIsStillOpen_neitherItNorLaterOnesAreSettled() {
    var gate = new CompletableFuture<Void>();
    cluster.script(ID, 1).next(Call.APPLY, new Step.HoldRequest(gate));
    var open = write(insert(NEW));
    var later = sameHolders();
    answer(write(new Mutation.Insert(later, OLD, WriteTime.UNSTAMPED)));

    cluster.time.advance(Settling.INTERVAL.multipliedBy(2));

    assertThat(cluster.kept(ID, 0).entries()).singleElement().matches(entry -> !entry.settled());
    assertThat(cluster.kept(later, 0).entries()).singleElement().matches(entry -> !entry.settled());

    gate.complete(null);
    answer(open);
    cluster.time.advance(Settling.INTERVAL);

    assertThat(cluster.kept(ID, 0).entries()).singleElement().matches(entry -> entry.settled());
    assertThat(cluster.kept(ID, 1).entries()).singleElement().matches(entry -> entry.settled());
    assertThat(cluster.kept(later, 0).entries()).singleElement().matches(entry -> entry.settled());
  }

  @Test
  void clientsTimeMeetsNewer_isUndoneAndRefused() {
    answer(write(insert(OLD)));
    var before = visible(0);
    var longAgo = WriteTime.ofClient(new Timestamp(before.timestamp().unixNanos() - 1));

    var failure = failure(write(new Mutation.Update(ID, NEW, longAgo)));

    assertThat(failure.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(failure).hasMessageContaining("an-id: a newer version exists");
    for (int rank : new int[] {0, 1}) {
      assertThat(visible(rank)).isEqualTo(before);
      assertThat(cluster.kept(ID, rank).entries()).hasSize(1);
      assertThat(cluster.kept(ID, rank).marks()).hasSize(1);
    }
  }

  @Test
  void ourTimeMeetsNewer_runsOnceMoreLaterThanThatCarryingTheVoid() {
    var future = foreign(Duration.ofMinutes(5));
    cluster.stores.get(cluster.holder(ID, 1)).apply(future, CallContext.UNBOUNDED);

    var applied = answer(write(new Mutation.Upsert(ID, NEW, WriteTime.UNSTAMPED)));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    var sent = cluster.script(ID, 1).mutations();
    assertThat(sent).hasSize(2);
    var first = sent.get(0).time().stamp();
    assertThat(sent.get(1).time().voids()).isEqualTo(first);
    for (int rank : new int[] {0, 1}) {
      assertThat(visible(rank)).isEqualTo(sent.get(1).version());
      assertThat(visible(rank).timestamp().isAfter(future.time().timestamp())).isTrue();
      assertThat(cluster.kept(ID, rank).marks()).containsExactly(first);
    }
  }

  @Test
  void ourTimeMeetsNewerTwice_countsAsWritten() {
    cluster
        .stores
        .get(cluster.holder(ID, 1))
        .apply(foreign(Duration.ofMinutes(5)), CallContext.UNBOUNDED);
    var gate = new CompletableFuture<Void>();
    cluster.script(ID, 1).next(Call.APPLY, new Step.Pass());
    cluster.script(ID, 1).next(Call.APPLY, new Step.HoldRequest(gate));
    var stage = write(new Mutation.Upsert(ID, NEW, WriteTime.UNSTAMPED));
    isOpen(stage);
    var concurrent = foreign(Duration.ofMinutes(6));
    cluster.stores.get(cluster.holder(ID, 1)).apply(concurrent, CallContext.UNBOUNDED);

    gate.complete(null);

    assertThat(answer(stage).isNewest()).isTrue();
    assertThat(visible(1)).isEqualTo(concurrent.version());
    assertThat(cluster.script(ID, 1).mutations()).hasSize(2);
  }

  @Test
  void secondAttemptFails_bothAreUndone() {
    cluster
        .stores
        .get(cluster.holder(ID, 0))
        .apply(foreign(Duration.ofMinutes(5)), CallContext.UNBOUNDED);
    var before = visible(0);
    cluster.script(ID, 1).next(Call.APPLY, new Step.Pass());
    cluster.script(ID, 1).next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));

    var failure = failure(write(new Mutation.Upsert(ID, NEW, WriteTime.UNSTAMPED)));

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(visible(0)).isEqualTo(before);
    assertThat(cluster.kept(ID, 1).entries()).isEmpty();
    assertThat(cluster.kept(ID, 1).marks()).hasSize(2);
  }

  @Test
  void laterHolderJudgesExistence_isTakenForAFaultNotForTheAnswer() {
    cluster
        .script(ID, 1)
        .next(Call.APPLY, new Step.Refuse(new ValdException.AlreadyExists("there already")));

    assertThat(failure(write(insert(NEW))).code()).isEqualTo(Code.INTERNAL);

    nothingIsLeft();
  }

  private CompletionStage<Applied> write(Mutation mutation) {
    return cluster.gateway.apply(mutation, CallContext.UNBOUNDED);
  }

  private static Mutation insert(Vector vector) {
    return new Mutation.Insert(ID, vector, WriteTime.UNSTAMPED);
  }

  /** What another site stamped, dated {@code ahead} of now. */
  private Mutation foreign(Duration ahead) {
    var time = Timestamp.of(cluster.time.instant().plus(ahead));
    return new Mutation.Upsert(ID, OLD, elsewhere.at(time)).unconditional();
  }

  private void nothingIsLeft() {
    for (int rank : new int[] {0, 1}) {
      assertThat(cluster.kept(ID, rank).entries()).as(holderName(rank)).isEmpty();
      assertThat(cluster.kept(ID, rank).marks()).as(holderName(rank)).isNotEmpty();
    }
    assertThat(answer(cluster.gateway.find(ID, CallContext.UNBOUNDED)).visible()).isEmpty();
  }

  private Version visible(int rank) {
    return cluster.kept(ID, rank).visible().orElseThrow();
  }

  private Mutation sentTo(int rank) {
    return cluster.script(ID, rank).mutations().getLast();
  }

  private String holderName(int rank) {
    return cluster.pool.names().get(cluster.holder(ID, rank));
  }

  /** Another id with the same holders in the same order. */
  private VectorId sameHolders() {
    for (int i = 0; ; i++) {
      var id = new VectorId("id-" + i);
      if (cluster.holder(id, 0) == cluster.holder(ID, 0)
          && cluster.holder(id, 1) == cluster.holder(ID, 1)) {
        return id;
      }
    }
  }
}
