package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.Answers.isOpen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes of which one holder, for which nobody can stand in, does not say who it is any more. */
class SilentHolderTest {
  private static final VectorId ID = new VectorId("an-id");

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);
  private final String name = cluster.pool.names().get(cluster.holder(ID, 1));
  private final ScriptedVectorStore silent = cluster.script(ID, 1);

  @BeforeEach
  void holderFallsSilent() {
    cluster.nodes.get(cluster.holder(ID, 1)).isDown();
    cluster.time.advance(AgentPool.INTERVAL);
    assertThat(cluster.stateChanges).endsWith(name + ": READY -> SILENT");
  }

  @Test
  void forAMoment_itsAnswerCounts() {
    answer(insert());

    assertThat(cluster.kept(ID, 1).visible()).isPresent();
  }

  @Test
  void forAMoment_isNotWaitedForBeyondWhenItIsGivenUp() {
    cluster.time.advance(AgentFanout.BRIEF.minusMillis(400));
    silent.next(Call.APPLY, new Step.LoseRequest());
    var write = insert();
    cluster.time.advance(Duration.ofMillis(399));
    isOpen(write);

    cluster.time.advance(Duration.ofMillis(1));

    assertThat(failure(write).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(cluster.kept(ID, 0).entries()).isEmpty();
    assertThat(cluster.kept(ID, 0).marks()).isNotEmpty();
    assertThat(cluster.kept(ID, 1).marks()).isNotEmpty();
  }

  @Test
  void forLong_refusedAtOnceAndNobodyIsAsked() {
    cluster.time.advance(AgentFanout.BRIEF);

    var failure = failure(insert());

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining(name).hasMessageContaining("is silent");
    assertThat(cluster.script(ID, 0).calls(Call.APPLY)).isZero();
  }

  private CompletionStage<Applied> insert() {
    return cluster.gateway.apply(
        new Mutation.Insert(ID, Vector.of(1, 2, 3, 4), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
  }
}
