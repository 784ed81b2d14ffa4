package dev.kagami.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final List<CompletableFuture<Void>> begun = new ArrayList<>();

  private CompletableFuture<Void> begin(int number) {
    var task = new CompletableFuture<Void>();
    begun.add(task);
    return task;
  }

  @Test
  void twoAtATime_theThirdBeginsWhenOneIsDone() {
    var all = Lanes.each(List.of(1, 2, 3), 2, this::begin).toCompletableFuture();
    assertThat(begun).hasSize(2);

    begun.get(1).complete(null);

    assertThat(begun).hasSize(3);
    begun.forEach(task -> task.complete(null));
    assertThat(all).isCompleted();
  }

  @Test
  void oneFails_noOtherBeginsAndThoseUnderWayAreWaitedFor() {
    var all = Lanes.each(List.of(1, 2, 3), 2, this::begin).toCompletableFuture();

    begun.getFirst().completeExceptionally(new IllegalStateException("broken"));

    assertThat(all).isNotDone();
    begun.get(1).complete(null);
    assertThat(begun).hasSize(2);
    assertThatThrownBy(all::join).hasRootCauseMessage("broken");
  }

  @Test
  void taskThrows_isAFailure() {
    var all =
        Lanes.each(
            List.of(1),
            1,
            _ -> {
              throw new IllegalStateException("broken");
            });

    assertThatThrownBy(() -> all.toCompletableFuture().join()).hasRootCauseMessage("broken");
  }

  @Test
  void manyThatAreDoneAtOnce_doNotDeepenTheStack() {
    var done = new ArrayList<Integer>();
    var numbers = IntStream.range(0, 100_000).boxed().toList();

    var all =
        Lanes.each(
            numbers,
            3,
            number -> {
              done.add(number);
              return CompletableFuture.completedStage(null);
            });

    assertThat(all.toCompletableFuture()).isCompleted();
    assertThat(done).isEqualTo(numbers);
  }

  @Test
  void nothingToDo_endsAtOnce() {
    assertThat(Lanes.each(List.of(), 4, _ -> new CompletableFuture<Void>()).toCompletableFuture())
        .isCompleted();
  }
}
