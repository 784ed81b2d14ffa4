package dev.kagami.mirror.mesh;

import dev.kagami.api.v1.ExchangeRequest;
import dev.kagami.api.v1.ExchangeResponse;
import dev.kagami.api.v1.MembershipsGrpc;
import dev.kagami.transport.grpc.Answers;
import io.grpc.stub.StreamObserver;

/** {@code kagami.v1.Memberships}: what operators have said goes from site to site. */
final class MembershipsGrpcService extends MembershipsGrpc.MembershipsImplBase {
  private final Memberships memberships;

  MembershipsGrpcService(Memberships memberships) {
    this.memberships = memberships;
  }

  @Override
  public void exchange(ExchangeRequest request, StreamObserver<ExchangeResponse> answers) {
    Answers.send(
        Answers.started(
                () -> memberships.exchange(MeshMessages.memberships(request.getMembershipsList())))
            .thenApply(MeshMessages::response),
        answers);
  }
}
