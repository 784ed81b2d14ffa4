package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final List<Integer> REQUESTS =
      IntStream.range(0, Batch.MAX_ITEMS).boxed().toList();

  @Test
  void tasksThatEndAtOnce_doNotDeepenTheStack() {
    var batch =
        new Batch<Integer, Integer>("MultiTest", REQUESTS, CompletableFuture::completedStage);

    assertThat(Eventually.get(batch.run().toCompletableFuture())).isEqualTo(REQUESTS);
  }

  @Test
  void tasksThatEndElsewhereAndInAnyOrder_areBoundedAndAnsweredInOrder() {
    var open = new ArrayList<CompletableFuture<Integer>>();
    var indices = new ArrayList<Integer>();
    var batch =
        new Batch<Integer, Integer>(
            "MultiTest",
            REQUESTS.subList(0, 100),
            index -> {
              var task = new CompletableFuture<Integer>();
              open.add(task);
              indices.add(index);
              return task;
            });

    var answers = batch.run().toCompletableFuture();
    for (int done = 0; done < 100; done++) {
      assertThat(open.size()).isLessThanOrEqualTo(Batch.IN_FLIGHT);
      // the last one first
      open.removeLast().complete(indices.removeLast());
    }

    assertThat(Eventually.get(answers)).isEqualTo(REQUESTS.subList(0, 100));
  }

  @Test
  void manyThreadsEndingTasks_loseNone() {
    var under = new AtomicInteger();
    var most = new AtomicInteger();
    Function<Integer, CompletableFuture<Integer>> task =
        index -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          return CompletableFuture.supplyAsync(() -> {
            under.decrementAndGet();
            return index;
          });
        };

    var batch = new Batch<Integer, Integer>("MultiTest", REQUESTS, task::apply);

    assertThat(Eventually.get(batch.run().toCompletableFuture())).isEqualTo(REQUESTS);
    assertThat(most).hasValueLessThanOrEqualTo(Batch.IN_FLIGHT);
  }
}
