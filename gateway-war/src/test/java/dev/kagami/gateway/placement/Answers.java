package dev.kagami.gateway.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads stages that, in virtual time, have ended or will not. */
final class Answers {
  private Answers() {}

  static <R> R answer(CompletionStage<R> stage) {
    assertThat(stage.toCompletableFuture()).as("answered by now").isDone();
    return stage.toCompletableFuture().join();
  }

  static ValdException failure(CompletionStage<?> stage) {
    assertThat(stage.toCompletableFuture()).as("failed by now").isCompletedExceptionally();
    var failure = stage.toCompletableFuture().exceptionNow();
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return (ValdException) cause;
  }

  static void isOpen(CompletionStage<?> stage) {
    assertThat(stage.toCompletableFuture()).as("not answered yet").isNotDone();
  }
}
