package dev.kagami.transport.client;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.CallContext;
import dev.kagami.transport.codec.StatusMapping;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Unary calls to one process of the mesh, as stages that never stay open. */
public final class RemoteCalls {
  private final Channel channel;
  private final String target;
  private final InstantSource clock;

  /**
   * @param target the other process, as messages name it
   */
  public RemoteCalls(Channel channel, String target, MeshSecret secret, InstantSource clock) {
    this.channel = secret.attachTo(channel);
    this.target = target;
    this.clock = clock;
  }

  /**
   * Asks and translates the answer.
   *
   * @param limit how long to wait if {@code context} has no deadline
   * @param decode throws a {@link ValdException} that the answer stands for, or another exception
   *     if the answer makes no sense
   * @return a stage that fails with a {@link ValdException} only; cancelling it cancels the call
   */
  public <Q, A, R> CompletionStage<R> ask(
      MethodDescriptor<Q, A> method,
      Q request,
      CallContext context,
      Duration limit,
      Function<A, R> decode) {
    var left = timeLeft(context, limit);
    if (!left.isPositive()) {
      return CompletableFuture.failedStage(
          new DeadlineExceeded(target + ": not asked, the deadline had passed"));
    }
    var options = CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS);
    try {
      // Outside of the call that is being served: what it asked for may outlive it, as an undo
      // does, and its deadline is in the context already.
      return Context.ROOT.call(() -> start(method, options, request, decode));
    } catch (Exception thrown) {
      return CompletableFuture.failedStage(StatusMapping.fromGrpc(thrown, target));
    }
  }

  private <Q, A, R> CompletionStage<R> start(
      MethodDescriptor<Q, A> method, CallOptions options, Q request, Function<A, R> decode) {
    var call = channel.newCall(method, options);
    var answer = new Answer<>(call, method, decode);
    ClientCalls.asyncUnaryCall(call, request, answer);
    return answer;
  }

  private Duration timeLeft(CallContext context, Duration limit) {
    return context.deadline().equals(Instant.MAX)
        ? limit
        : Duration.between(clock.instant(), context.deadline());
  }

  /** Waits for one answer; giving it up ends the call. */
  private final class Answer<A, R> extends CompletableFuture<R> implements StreamObserver<A> {
    private final ClientCall<?, A> call;
    private final MethodDescriptor<?, A> method;
    private final Function<A, R> decode;

    Answer(ClientCall<?, A> call, MethodDescriptor<?, A> method, Function<A, R> decode) {
      this.call = call;
      this.method = method;
      this.decode = decode;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      call.cancel("the caller gave up", null);
      return cancelled;
    }

    @Override
    public void onNext(A answer) {
      try {
        complete(decode.apply(answer));
      } catch (InvalidArgument nonsense) {
        // Of an answer only a value that cannot exist is invalid, such as an empty id.
        completeExceptionally(malformed(nonsense));
      } catch (ValdException meant) {
        completeExceptionally(meant);
      } catch (RuntimeException nonsense) {
        completeExceptionally(malformed(nonsense));
      }
    }

    private ValdException malformed(RuntimeException nonsense) {
      return new ValdException.Internal(
          target
              + " gave a malformed answer to "
              + method.getFullMethodName()
              + ": "
              + nonsense.getMessage(),
          nonsense);
    }

    @Override
    public void onError(Throwable failure) {
      completeExceptionally(StatusMapping.fromGrpc(failure, target));
    }

    @Override
    public void onCompleted() {
      // The answer came by onNext; gRPC reports a missing one by onError.
    }
  }
}
