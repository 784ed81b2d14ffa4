package dev.kagami.transport.grpc;

import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;

/** {@code vald.v1.Update}. */
final class UpdateGrpcService extends UpdateGrpc.UpdateImplBase {
  private final Operation<Update.Request, Object.Location> update;

  UpdateGrpcService(VectorStore store) {
    this.update =
        Writes.operation(
            "Update", store, PayloadCodec::update, request -> request.getVector().getId());
  }

  @Override
  public void update(Update.Request request, StreamObserver<Object.Location> answers) {
    update.unary(request, answers);
  }

  @Override
  public void multiUpdate(Update.MultiRequest requests, StreamObserver<Object.Locations> answers) {
    update.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Update.Request> streamUpdate(
      StreamObserver<Object.StreamLocation> answers) {
    return update.stream(answers, Writes::stream, Writes::stream);
  }
}
