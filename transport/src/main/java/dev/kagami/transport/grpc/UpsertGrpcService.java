package dev.kagami.transport.grpc;

import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** {@code vald.v1.Upsert}. */
final class UpsertGrpcService extends UpsertGrpc.UpsertImplBase {
  private final Operation<Upsert.Request, Object.Location> upsert;

  UpsertGrpcService(FilteredWrites writes) {
    this.upsert =
        Operation.writing("Upsert", writes.upsert(), request -> request.getVector().getId());
  }

  @Override
  public void upsert(Upsert.Request request, StreamObserver<Object.Location> answers) {
    upsert.unary(request, answers);
  }

  @Override
  public void multiUpsert(Upsert.MultiRequest requests, StreamObserver<Object.Locations> answers) {
    upsert.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Upsert.Request> streamUpsert(
      StreamObserver<Object.StreamLocation> answers) {
    return upsert.stream(answers, Writes::stream, Writes::stream);
  }
}
