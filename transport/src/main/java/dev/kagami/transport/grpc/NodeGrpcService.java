package dev.kagami.transport.grpc;

import dev.kagami.api.v1.ClockRequest;
import dev.kagami.api.v1.ClockResponse;
import dev.kagami.api.v1.HelloRequest;
import dev.kagami.api.v1.HelloResponse;
import dev.kagami.api.v1.NodeGrpc;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.transport.codec.NodeCodec;
import dev.kagami.transport.codec.Times;
import dev.kagami.transport.peer.PeerInterceptor;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** {@code kagami.v1.Node}: who this process is, and what its clock says. */
final class NodeGrpcService extends NodeGrpc.NodeImplBase {
  private final Node node;
  private final BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock;

  /** A process whose clock says the greatest stamp it has seen. */
  NodeGrpcService(Node node) {
    this(node, (_, call) -> node.describe(call).thenApply(Node.Description::greatestStamp));
  }

  /**
   * @param clock is shown the caller's latest stamp and tells the own one
   */
  NodeGrpcService(Node node, BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock) {
    this.node = node;
    this.clock = clock;
  }

  @Override
  public void hello(HelloRequest request, StreamObserver<HelloResponse> answers) {
    Answers.send(
        node.describe(PeerInterceptor.currentCall()).thenApply(NodeCodec::response), answers);
  }

  @Override
  public void clock(ClockRequest request, StreamObserver<ClockResponse> answers) {
    Answers.send(
        clock
            .apply(Times.stamp(request.getStamp()), PeerInterceptor.currentCall())
            .thenApply(stamp -> ClockResponse.newBuilder().setStamp(stamp.value()).build()),
        answers);
  }
}
