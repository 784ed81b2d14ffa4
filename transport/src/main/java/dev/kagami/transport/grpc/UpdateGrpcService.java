package dev.kagami.transport.grpc;

import dev.kagami.core.store.TimestampUpdate;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;

/** {@code vald.v1.Update}. */
final class UpdateGrpcService extends UpdateGrpc.UpdateImplBase {
  private final Operation<Update.Request, Object.Location> update;
  private final Operation<Update.TimestampRequest, Object.Location> updateTimestamp;

  UpdateGrpcService(FilteredWrites writes) {
    this.update =
        Operation.writing("Update", writes.update(), request -> request.getVector().getId());
    this.updateTimestamp =
        Operation.writing(
            "UpdateTimestamp",
            (request, call) ->
                TimestampUpdate.run(
                        writes.store(),
                        new VectorId(request.getId()),
                        new Timestamp(request.getTimestamp()),
                        request.getForce()
                            ? TimestampUpdate.Force.FORCED
                            : TimestampUpdate.Force.NOT_FORCED,
                        call)
                    .thenApply(PayloadCodec::location),
            Update.TimestampRequest::getId);
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

  @Override
  public void updateTimestamp(
      Update.TimestampRequest request, StreamObserver<Object.Location> answers) {
    updateTimestamp.unary(request, answers);
  }
}
