package dev.kagami.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.NotFound;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FanoutTest {
  private static final List<String> TARGETS = List.of("b", "a", "c");
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final ControlledScheduler time = new ControlledScheduler();
  private final Fanout fanout = new Fanout(time);
  private final Map<String, CompletableFuture<Integer>> calls = new LinkedHashMap<>();
  private final Instant deadline = time.instant().plus(LIMIT);

  @Test
  void allAnswer_everyAnswerIsKeptInTheOrderOfTheTargets() {
    var asked = ask(deadline);
    calls.get("c").complete(3);
    calls.get("a").completeExceptionally(new NotFound("not here"));
    assertThat(asked).isNotDone();
    calls.get("b").complete(2);

    assertThat(asked).isCompleted();
    assertThat(asked.join().targets()).containsExactly("b", "a", "c");
    assertThat(asked.join().answers()).containsExactly(2, 3);
    assertThat(codeOf(asked.join().byTarget().get("a"))).isEqualTo("rejected NOT_FOUND");
  }

  @Test
  void nobodyHasAnsweredYet_allAreAskedAllTheSame() {
    assertThat(ask(deadline)).isNotDone();

    assertThat(calls).containsOnlyKeys(TARGETS);
  }

  @Test
  void allAnswer_noTimerIsLeft() {
    assertThat(ask(deadline)).isNotDone();
    assertThat(time.pending()).isEqualTo(1);

    calls.values().forEach(call -> call.complete(1));

    assertThat(time.pending()).isZero();
  }

  @Test
  void deadlinePasses_whoIsSilentIsUnknownAndNotBefore() {
    var asked = ask(deadline);
    calls.get("a").complete(1);

    time.advance(LIMIT.minusNanos(1));
    assertThat(asked).isNotDone();
    time.advance(Duration.ofNanos(1));

    assertThat(asked).isCompleted();
    assertThat(asked.join().answers()).containsExactly(1);
    assertThat(codeOf(asked.join().byTarget().get("b"))).isEqualTo("unknown DEADLINE_EXCEEDED");
    assertThat(codeOf(asked.join().byTarget().get("c"))).isEqualTo("unknown DEADLINE_EXCEEDED");
  }

  @Test
  void answerComesAfterTheDeadline_changesNothing() {
    var asked = ask(deadline);
    time.advance(LIMIT);
    var outcomes = asked.join();

    calls.get("a").complete(1);
    calls.get("b").completeExceptionally(new NotFound("late"));

    assertThat(outcomes.answers()).isEmpty();
    assertThat(codeOf(outcomes.byTarget().get("b"))).isEqualTo("unknown DEADLINE_EXCEEDED");
  }

  @Test
  void deadlineHasPassedAlready_onlyImmediateAnswersCount() {
    var asked =
        fanout
            .ask(
                TARGETS,
                target ->
                    target.equals("a")
                        ? CompletableFuture.completedStage(1)
                        : new CompletableFuture<Integer>(),
                time.instant().minusSeconds(1))
            .toCompletableFuture();

    time.advance(Duration.ZERO);

    assertThat(asked).isCompleted();
    assertThat(asked.join().answers()).containsExactly(1);
  }

  @Test
  void thereIsNoDeadline_nobodyGivesUp() {
    var asked = ask(Instant.MAX);

    time.advance(Duration.ofDays(365));

    assertThat(time.pending()).isZero();
    assertThat(asked).isNotDone();
    calls.values().forEach(call -> call.complete(1));
    assertThat(asked).isCompleted();
  }

  @Test
  void targetThrowsItsRefusal_isItsOutcomeAndTheOthersAreAsked() {
    var asked = askThrowing(new NotFound("at once"));

    assertThat(codeOf(asked.byTarget().get("a"))).isEqualTo("rejected NOT_FOUND");
    assertThat(asked.answers()).containsExactly(1, 1);
  }

  @Test
  void targetHasAFault_isItsOutcomeAndTheOthersAreAsked() {
    var fault = new IllegalStateException("broken");

    var asked = askThrowing(fault);

    assertThat(codeOf(asked.byTarget().get("a"))).isEqualTo("rejected INTERNAL");
    assertThat(((Outcome.Rejected<Integer>) asked.byTarget().get("a")).error()).hasCause(fault);
    assertThat(asked.answers()).containsExactly(1, 1);
  }

  @Test
  void nobodyIsAsked_theAnswerIsThereAtOnce() {
    var asked = fanout.ask(List.<String>of(), this::call, deadline).toCompletableFuture();

    assertThat(asked).isCompleted();
    assertThat(asked.join().targets()).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void deadlinesDiffer_eachAskingHasItsOwn() {
    var first = fanout.ask(List.of("x"), this::call, deadline).toCompletableFuture();
    var second = fanout.ask(List.of("y"), this::call, deadline.plus(LIMIT)).toCompletableFuture();

    time.advance(LIMIT);

    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
  }

  private CompletableFuture<Outcomes<String, Integer>> ask(Instant until) {
    return fanout.ask(TARGETS, this::call, until).toCompletableFuture();
  }

  private CompletableFuture<Integer> call(String target) {
    var answer = new CompletableFuture<Integer>();
    calls.put(target, answer);
    return answer;
  }

  private Outcomes<String, Integer> askThrowing(RuntimeException thrown) {
    return fanout
        .ask(
            TARGETS,
            target -> {
              if (target.equals("a")) {
                throw thrown;
              }
              return CompletableFuture.completedStage(1);
            },
            deadline)
        .toCompletableFuture()
        .join();
  }

  private static String codeOf(Outcome<Integer> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Integer>(var value) -> "answered " + value;
      case Outcome.Rejected<Integer>(var error) -> "rejected " + code(error);
      case Outcome.Unknown<Integer>(var error) -> "unknown " + code(error);
    };
  }

  private static Code code(ValdException error) {
    return error.code();
  }
}
