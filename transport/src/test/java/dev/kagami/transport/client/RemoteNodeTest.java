package dev.kagami.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.api.v1.HelloRequest;
import dev.kagami.api.v1.HelloResponse;
import dev.kagami.api.v1.NodeGrpc;
import dev.kagami.api.v1.Role;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.codec.NodeCodec;
import dev.kagami.transport.grpc.Eventually;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ValdServices;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class RemoteNodeTest {
  private static final Node.Description MIRROR =
      new Node.Description(
          Node.Role.MIRROR,
          "B",
          2,
          "mirror-1",
          new VectorSpace(768, Metric.NORMALIZED_COSINE, ObjectType.FLOAT16),
          new Stamp(99));
  private static final HelloResponse SENSIBLE = NodeCodec.response(MIRROR);

  private static final dev.kagami.api.v1.WriterClaim NO_NUMBER =
      dev.kagami.api.v1.WriterClaim.newBuilder().setProcess(WriterNumber.MAX_PROCESS + 1).build();

  private final VectorStore store =
      new InMemoryVectorStore(
          "none", MIRROR.space(), new WriterNumber(2, 1), InstantSource.fixed(Instant.EPOCH));

  @Test
  void descriptionAndClock_arriveAsGiven() {
    try (var server =
        new RunningServer(
            Node.Role.MIRROR,
            ValdServices.mirror(
                store,
                new FixedNode(MIRROR),
                (seen, _) -> CompletableFuture.completedStage(new Stamp(seen.value() + 1))))) {

      assertThat(get(server.node("B").describe(CallContext.UNBOUNDED))).isEqualTo(MIRROR);
      assertThat(get(server.node("B").clock(new Stamp(41), CallContext.UNBOUNDED)))
          .isEqualTo(new Stamp(42));
    }
  }

  @Test
  void clockOfProcessWithoutOne_isTheGreatestStampItHasSeen() {
    try (var server =
        new RunningServer(Node.Role.MIRROR, ValdServices.mirror(store, new FixedNode(MIRROR)))) {

      assertThat(get(server.node("B").clock(new Stamp(41), CallContext.UNBOUNDED)))
          .isEqualTo(MIRROR.greatestStamp());
    }
  }

  @Test
  void claims_areGrantedByAgentsAndArriveAsGiven() {
    var first = new WriterClaim(new WriterNumber(2, 16), 7, "gateway-1");
    var rival = new WriterClaim(new WriterNumber(2, 16), -8, "gateway-2");
    var claims = new WriterClaims(InstantSource.fixed(Instant.EPOCH));
    try (var server =
        new RunningServer(
            Node.Role.AGENT, ValdServices.agent(store, new FixedNode(MIRROR), claims))) {

      assertThat(get(claiming(server, first).describe(CallContext.UNBOUNDED)))
          .isEqualTo(MIRROR.withClaims(List.of(first)));
      assertThat(get(claiming(server, rival).describe(CallContext.UNBOUNDED)).claims())
          .containsExactly(first);
      assertThat(get(server.node("B").describe(CallContext.UNBOUNDED))).isEqualTo(MIRROR);
    }
  }

  private static RemoteNode claiming(RunningServer server, WriterClaim claim) {
    return RemoteNode.claiming(
        () -> claim, server.channel(), "B", RunningServer.SECRET, InstantSource.system());
  }

  @Test
  void otherVersionOfProtocol_isAFailedPrecondition() {
    var future = SENSIBLE.toBuilder().setFormatVersion(2).build();

    assertThat(refusal(future))
        .hasMessage("B speaks version 2 of kagami.v1, this process version 1")
        .returns(Code.FAILED_PRECONDITION, ValdException::code);
  }

  @Test
  void answerThatMakesNoSense_isAFaultOfThePeer() {
    for (var nonsense :
        List.of(
            SENSIBLE.toBuilder().setRole(Role.ROLE_UNSPECIFIED).build(),
            SENSIBLE.toBuilder().setRoleValue(77).build(),
            SENSIBLE.toBuilder().setDimension(0).build(),
            SENSIBLE.toBuilder().setDimension(-1).build(),
            SENSIBLE.toBuilder().setDistance("hamming").build(),
            SENSIBLE.toBuilder().setObjectType("int4").build(),
            SENSIBLE.toBuilder().setGreatestStamp(-1).build(),
            SENSIBLE.toBuilder().addClaims(NO_NUMBER).build())) {
      assertThat(refusal(nonsense))
          .hasMessageStartingWith("B gave a malformed answer to kagami.v1.Node/Hello: ")
          .returns(Code.INTERNAL, ValdException::code);
    }
  }

  @Test
  void processThatDoesNotKnowUs_isUnimplemented() {
    try (var server = new RunningServer(Node.Role.MIRROR, List.of())) {

      var failure = failure(server.node("B").describe(CallContext.UNBOUNDED));

      assertThat(failure.code()).isEqualTo(Code.UNIMPLEMENTED);
    }
  }

  @Test
  void processThatIsAway_isUnavailableAndTheMessageSaysWhere() {
    var server = new RunningServer(Node.Role.MIRROR, List.of());
    server.server().close();
    try (server) {

      var failure = failure(server.node("B").describe(CallContext.UNBOUNDED));

      assertThat(failure)
          .hasMessageStartingWith("B: ")
          .hasMessageContaining("refused")
          .hasMessageContaining(server.address().toString());
      assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    }
  }

  private static ValdException refusal(HelloResponse answer) {
    try (var server = new RunningServer(Node.Role.MIRROR, List.of(answering(answer)))) {
      return failure(server.node("B").describe(CallContext.UNBOUNDED));
    }
  }

  private static ValdException failure(CompletionStage<?> stage) {
    var failure =
        catchThrowableOfType(ExecutionException.class, () -> stage.toCompletableFuture().get());
    return (ValdException) failure.getCause();
  }

  private static <R> R get(CompletionStage<R> stage) {
    return Eventually.get(stage.toCompletableFuture());
  }

  /** A process that says this of itself. */
  private static NodeGrpc.NodeImplBase answering(HelloResponse answer) {
    return new NodeGrpc.NodeImplBase() {
      @Override
      public void hello(HelloRequest request, StreamObserver<HelloResponse> answers) {
        answers.onNext(answer);
        answers.onCompleted();
      }
    };
  }
}
