package dev.kagami.transport.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One unary call to a process that is not of this mesh, such as a filter or an agent of Vald's: it
 * is told no secret, and its answer is taken as it comes.
 */
public final class PlainCall<A> extends CompletableFuture<A> implements StreamObserver<A> {
  private final Function<Throwable, Throwable> meaning;

  private PlainCall(Function<Throwable, Throwable> meaning) {
    this.meaning = meaning;
  }

  /**
   * Asks, outside of the call that is being served, which may end before.
   *
   * @param limit how long to wait, above zero
   * @param meaning what the stage fails with, of what gRPC reports
   */
  public static <Q, A> CompletionStage<A> ask(
      Channel channel,
      MethodDescriptor<Q, A> method,
      Q request,
      Duration limit,
      Function<Throwable, Throwable> meaning) {
    var answer = new PlainCall<A>(meaning);
    var options = CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS);
    Context.ROOT.run(
        () -> ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer));
    return answer;
  }

  @Override
  public void onNext(A answer) {
    complete(answer);
  }

  @Override
  public void onError(Throwable failure) {
    completeExceptionally(meaning.apply(failure));
  }

  @Override
  public void onCompleted() {
    // gRPC reports a missing answer by onError
  }
}
