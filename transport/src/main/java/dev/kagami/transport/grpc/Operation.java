package dev.kagami.transport.grpc;

import com.google.rpc.Status;
import dev.kagami.core.store.CallContext;
import dev.kagami.transport.codec.StatusMapping;
import dev.kagami.transport.peer.PeerInterceptor;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One operation of Vald in its three forms: a single request, a Multi request, a stream. Messages
 * of failures begin with the operation's name, as Vald's do.
 *
 * @param <Q> one request
 * @param <A> one answer
 */
final class Operation<Q, A> {
  private final String name;
  private final Item<Q, A> item;
  private final Function<Q, String> id;

  private Operation(String name, Item<Q, A> item, Function<Q, String> id) {
    this.name = name;
    this.item = item;
    this.id = id;
  }

  /** An operation whose requests do not touch each other. */
  static <Q, A> Operation<Q, A> reading(String name, Item<Q, A> item) {
    return new Operation<>(name, item, _ -> "");
  }

  /** An operation whose requests of one id, within one call, run in the order they came in. */
  static <Q, A> Operation<Q, A> writing(String name, Item<Q, A> item, Function<Q, String> id) {
    return new Operation<>(name, item, id);
  }

  void unary(Q request, StreamObserver<A> answers) {
    Answers.send(answer(request, PeerInterceptor.currentCall()), answers);
  }

  /** Answers all of {@code requests} with one message made of the answers, in request order. */
  <L> void multi(List<Q> requests, StreamObserver<L> answers, Function<List<A>, L> all) {
    var call = PeerInterceptor.currentCall().ofAPart();
    var order = new InOrderById();
    var context = Context.current();
    var batch =
        new Batch<Q, A>(
            "Multi" + name,
            requests,
            request -> within(context, () -> inOrder(order, request, call)));
    Answers.send(batch.run().thenApply(all), answers);
  }

  /** Answers each request of a stream as soon as it is done. */
  <S> StreamObserver<Q> stream(
      StreamObserver<S> answers, Function<A, S> answer, Function<Status, S> failure) {
    var call = PeerInterceptor.currentCall().ofAPart();
    var order = new InOrderById();
    var stream =
        new ItemStream<Q, S>(
            "Stream" + name,
            (ServerCallStreamObserver<S>) answers,
            request -> inOrder(order, request, call).thenApply(answer),
            failure);
    return stream.open();
  }

  /** Most of a batch is started by whoever ends an earlier part of it. */
  static <R> R within(Context context, Supplier<R> task) {
    var before = context.attach();
    try {
      return task.get();
    } finally {
      context.detach(before);
    }
  }

  private CompletionStage<A> inOrder(InOrderById order, Q request, CallContext call) {
    return order.run(id.apply(request), () -> answer(request, call));
  }

  private CompletionStage<A> answer(Q request, CallContext call) {
    return start(request, call)
        .exceptionallyCompose(failure -> {
          var told = StatusMapping.failure(failure);
          return CompletableFuture.failedStage(
              told.retold(name + " API " + told.getMessage(), told.details()));
        });
  }

  private CompletionStage<A> start(Q request, CallContext call) {
    try {
      return item.answer(request, call);
    } catch (RuntimeException thrown) {
      // Anything but a ValdException is a fault; it must not end the requests beside this one.
      return CompletableFuture.failedStage(thrown);
    }
  }
}
