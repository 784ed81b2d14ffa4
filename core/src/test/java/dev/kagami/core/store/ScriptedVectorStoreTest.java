package dev.kagami.core.store;

import static dev.kagami.core.store.CallContext.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScriptedVectorStoreTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Mutation INSERT =
      new Mutation.Insert(ID, Vector.of(1, 2), WriteTime.UNSTAMPED);

  private final InMemoryVectorStore behind =
      new InMemoryVectorStore(
          "memory",
          new VectorSpace(2, Metric.L2),
          new WriterNumber(1, 0),
          new ControlledScheduler());
  private final ScriptedVectorStore store = new ScriptedVectorStore(behind);

  @Test
  void nothingIsScripted_callPasses() {
    assertThat(apply()).isCompleted();

    assertThat(behind.contents()).containsKey(ID);
    assertThat(store.calls(Call.APPLY)).isEqualTo(1);
    assertThat(store.calls(Call.FIND)).isZero();
    assertThat(store.mutations()).containsExactly(INSERT);
  }

  @Test
  void stepsAreLinedUp_eachIsPlayedOnce() {
    var refusal = new Unavailable("away");
    store.next(Call.APPLY, new Step.Refuse(refusal)).next(Call.APPLY, new Step.LoseRequest());

    assertThat(apply()).isCompletedExceptionally();
    assertThat(apply()).isNotDone();
    assertThat(behind.contents()).isEmpty();
    assertThat(apply()).isCompleted();
    assertThat(store.calls(Call.APPLY)).isEqualTo(3);
  }

  @Test
  void answerIsLost_theWriteIsDoneAllTheSame() {
    store.next(Call.APPLY, new Step.LoseAnswer());

    assertThat(apply()).isNotDone();

    assertThat(behind.contents()).containsKey(ID);
  }

  @Test
  void connectionIsCutAfterwards_theWriteIsDoneAndFails() {
    store.next(Call.APPLY, new Step.DoThenFail(new Unavailable("cut")));

    assertThat(apply()).isCompletedExceptionally();

    assertThat(behind.contents()).containsKey(ID);
  }

  @Test
  void requestIsHeld_isDoneOnceTheGateOpens() {
    var gate = new CompletableFuture<Void>();
    store.next(Call.APPLY, new Step.HoldRequest(gate));

    var answer = apply();
    assertThat(behind.contents()).isEmpty();

    gate.complete(null);
    assertThat(answer).isCompleted();
    assertThat(behind.contents()).containsKey(ID);
  }

  @Test
  void answerIsHeld_isDoneAtOnceAndAnsweredOnceTheGateOpens() {
    var gate = new CompletableFuture<Void>();
    store.next(Call.APPLY, new Step.HoldAnswer(gate));

    var answer = apply();
    assertThat(answer).isNotDone();
    assertThat(behind.contents()).containsKey(ID);

    gate.complete(null);
    assertThat(answer).isCompleted();
  }

  @Test
  void stepForAllCalls_isPlayedUntilPassing() {
    store.always(new Step.Refuse(new Unavailable("away")));
    assertThat(apply()).isCompletedExceptionally();
    assertThat(store.find(ID, UNBOUNDED).toCompletableFuture()).isCompletedExceptionally();

    store.pass();

    assertThat(apply()).isCompleted();
  }

  private CompletableFuture<Applied> apply() {
    return store.apply(INSERT, UNBOUNDED).toCompletableFuture();
  }
}
