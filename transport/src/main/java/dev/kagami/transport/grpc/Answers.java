package dev.kagami.transport.grpc;

import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers unary calls with what a stage ends with. */
public final class Answers {
  private Answers() {}

  /** Sends the end of {@code stage}, be it a failure. */
  public static <A> void send(CompletionStage<A> stage, StreamObserver<A> answers) {
    // With a handler set, answering a call that the client has given up is silent.
    ((ServerCallStreamObserver<A>) answers).setOnCancelHandler(() -> {});
    stage.whenComplete((answer, failure) -> {
      if (failure != null) {
        answers.onError(StatusMapping.toException(StatusMapping.failure(failure)));
      } else {
        answers.onNext(answer);
        answers.onCompleted();
      }
    });
  }

  /** A request that is refused at once, by decoding or by the store, is a failed stage as well. */
  public static <R> CompletionStage<R> started(Supplier<CompletionStage<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }
}
