package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HeadWalkTest {
  private static final CallContext CALL = CallContext.UNBOUNDED;

  private final InMemoryVectorStore memory =
      new InMemoryVectorStore(
          "memory",
          new VectorSpace(2, Metric.L2),
          new WriterNumber(1, 0),
          new ControlledScheduler());
  private final ScriptedVectorStore store = new ScriptedVectorStore(memory);
  private final List<VectorId> seen = new ArrayList<>();

  @Test
  void pagesComeAtOnce_theStackDoesNotGrow() {
    var endless =
        new ForwardingVectorStore(memory) {
          private int left = 100_000;

          @Override
          public CompletionStage<HeadPage> heads(HeadCursor at, int limit, CallContext context) {
            return CompletableFuture.completedStage(
                new HeadPage(List.of(), left-- > 0 ? Optional.of(at) : Optional.empty()));
          }
        };

    assertThat(walk(endless)).isCompleted();
  }

  @Test
  void pageComesLater_theWalkGoesOnThen() {
    fill(10);
    var gate = new CompletableFuture<Void>();
    store.next(Call.HEADS, new Step.Pass()).next(Call.HEADS, new Step.HoldAnswer(gate));

    var end = walk(store);
    assertThat(end).isNotDone();
    assertThat(seen).hasSize(3);
    gate.complete(null);

    assertThat(end).isCompleted();
    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
  }

  private CompletableFuture<Void> walk(VectorStore over) {
    return HeadWalk.through(
            over,
            3,
            CALL,
            page -> {
              page.forEach(heads -> seen.add(heads.id()));
              return CompletableFuture.completedStage(null);
            })
        .toCompletableFuture();
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      var write =
          new Mutation.Insert(new VectorId("id-" + i), Vector.of(1, 2), WriteTime.UNSTAMPED);
      memory.apply(write, CALL).toCompletableFuture().join();
    }
  }
}
