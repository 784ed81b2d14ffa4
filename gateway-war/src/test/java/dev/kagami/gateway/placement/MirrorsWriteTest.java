package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Writes that a mirror stamped: their fate is not the gateway's. */
class MirrorsWriteTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector VECTOR = Vector.of(1, 2, 3, 4);
  private static final CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);
  private final ForeignWriter mirror =
      new ForeignWriter(new WriterNumber(1, WriterNumber.FIRST_MIRROR), cluster.time);

  @Test
  void holderFails_isToldAndNeverVoidedHere() {
    cluster.script(ID, 1).next(Call.APPLY, new Step.Refuse(new Unavailable("read-only")));
    var insert = insert();

    var failure = failure(apply(insert));
    cluster.time.advance(Undo.LONGEST_PAUSE);

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("read-only").hasMessageNotContaining("undo");
    assertThat(cluster.scripts).allSatisfy(script -> assertThat(script.marks()).isEmpty());
    assertThat(cluster.kept(ID, 0).visible()).contains(insert.version());
  }

  @Test
  void firstHolderIsSilent_theOthersHearNothing() {
    cluster.script(ID, 0).next(Call.APPLY, new Step.LoseRequest());
    var stage = apply(insert());

    cluster.time.advance(Replication.PATIENCE);

    assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(cluster.script(ID, 1).calls(Call.APPLY)).isZero();
  }

  @Test
  void writeIsUnconditional_goesToAllHoldersAtOnce() {
    var gate = new CompletableFuture<Void>();
    cluster.script(ID, 0).next(Call.APPLY, new Step.HoldRequest(gate));
    var stage = apply(insert().unconditional());

    assertThat(cluster.script(ID, 1).calls(Call.APPLY)).isEqualTo(1);
    gate.complete(null);
    assertThat(answer(stage).isNewest()).isTrue();
  }

  @Test
  void oneHolderHasNewer_worstStandingIsAnswered() {
    var older = insert();
    var newer = new Mutation.Upsert(ID, VECTOR, mirror.now()).unconditional();
    answer(cluster.stores.get(cluster.holder(ID, 1)).apply(newer, PEER));

    var applied = answer(apply(older));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.BENEATH);
    assertThat(applied.previous()).contains(newer.version().head());
  }

  @Test
  void holderDoesNotFit_isNamedAndNobodyHearsTheWrite() {
    var name = cluster.pool.names().get(cluster.holder(ID, 1));
    var other = new ClusterInMemory(3, 2);
    other.nodes.get(cluster.holder(ID, 1)).isDown();
    other.start();

    var failure = failure(other.gateway.apply(insert(), PEER));

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining(name).hasMessageContaining("connection refused");
    assertThat(other.scripts).allSatisfy(script -> assertThat(script.mutations()).isEmpty());
  }

  @Test
  void revoke_needsEveryHolder() {
    var insert = insert();
    answer(apply(insert));
    var mark = new VoidMark(ID, insert.time().stamp());
    cluster.script(ID, 1).next(Call.REVOKE, new Step.LoseAnswer());

    var stage = cluster.gateway.revoke(mark, PEER);
    cluster.time.advance(Decisions.PATIENCE);
    assertThat(failure(stage).code()).isEqualTo(Code.UNAVAILABLE);

    answer(cluster.gateway.revoke(mark, PEER));
    assertThat(cluster.kept(ID, 0).marks()).containsExactly(mark.stamp());
    assertThat(cluster.kept(ID, 1).marks()).containsExactly(mark.stamp());
  }

  @Test
  void revokeOfSettled_isRefusedAsTheHolderDoes() {
    var mark = new VoidMark(ID, mirror.now().stamp());
    cluster.script(ID, 0).next(Call.REVOKE, new Step.Refuse(new FailedPrecondition("settled")));

    assertThat(failure(cluster.gateway.revoke(mark, PEER)).code())
        .isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void settle_isPassedOnToAllAgentsAndToldIfOneDoesNotHear() {
    var stamp = mirror.now().stamp();
    int before = settled();

    answer(cluster.gateway.settle(stamp, PEER));

    assertThat(settled() - before).isEqualTo(3);
    cluster.scripts.getLast().next(Call.SETTLE, new Step.Refuse(new Unavailable("away")));
    assertThat(failure(cluster.gateway.settle(stamp, PEER)).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void gatewaysOwnClock_movesPastTheMirrorsStamp() {
    var insert = insert();
    answer(apply(insert));

    assertThat(cluster.gateway.greatestStamp()).isGreaterThan(insert.time().stamp());
  }

  private CompletionStage<Applied> apply(Mutation mutation) {
    return cluster.gateway.apply(mutation, PEER);
  }

  private Mutation insert() {
    return new Mutation.Insert(ID, VECTOR, mirror.now());
  }

  private int settled() {
    return cluster.scripts.stream().mapToInt(MirrorsWriteTest::settled).sum();
  }

  private static int settled(ScriptedVectorStore script) {
    return script.calls(Call.SETTLE);
  }
}
