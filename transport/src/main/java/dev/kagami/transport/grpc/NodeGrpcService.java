package dev.kagami.transport.grpc;

import dev.kagami.api.v1.ClockRequest;
import dev.kagami.api.v1.ClockResponse;
import dev.kagami.api.v1.HelloRequest;
import dev.kagami.api.v1.HelloResponse;
import dev.kagami.api.v1.NodeGrpc;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.transport.codec.NodeCodec;
import dev.kagami.transport.codec.Times;
import dev.kagami.transport.peer.PeerInterceptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** {@code kagami.v1.Node}: who this process is, and what its clock says. */
final class NodeGrpcService extends NodeGrpc.NodeImplBase {
  private final Node node;
  private final BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock;
  private final Optional<WriterClaims> claims;

  /** A process whose clock says the greatest stamp it has seen. */
  NodeGrpcService(Node node) {
    this(node, greatestStamp(node));
  }

  /** As the other, of a process that grants numbers to gateways. */
  static NodeGrpcService granting(Node node, WriterClaims claims) {
    return new NodeGrpcService(node, greatestStamp(node), Optional.of(claims));
  }

  /**
   * @param clock is shown the caller's latest stamp and tells the own one
   */
  NodeGrpcService(Node node, BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock) {
    this(node, clock, Optional.empty());
  }

  private NodeGrpcService(
      Node node,
      BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock,
      Optional<WriterClaims> claims) {
    this.node = node;
    this.clock = clock;
    this.claims = claims;
  }

  private static BiFunction<Stamp, CallContext, CompletionStage<Stamp>> greatestStamp(Node node) {
    return (_, call) -> node.describe(call).thenApply(Node.Description::greatestStamp);
  }

  @Override
  public void hello(HelloRequest request, StreamObserver<HelloResponse> answers) {
    Answers.send(
        Answers.started(() -> greet(request, PeerInterceptor.currentCall()))
            .thenApply(NodeCodec::response),
        answers);
  }

  private CompletionStage<Node.Description> greet(HelloRequest request, CallContext call) {
    var granted =
        claims
            .filter(_ -> request.hasClaim())
            .map(account -> account.claim(NodeCodec.claim(request.getClaim())))
            .orElse(List.of());
    return node.describe(call).thenApply(said -> said.withClaims(granted));
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
