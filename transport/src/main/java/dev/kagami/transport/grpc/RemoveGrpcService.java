package dev.kagami.transport.grpc;

import dev.kagami.core.store.RemovalByTime;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;

/** {@code vald.v1.Remove}. */
final class RemoveGrpcService extends RemoveGrpc.RemoveImplBase {
  private final Operation<Remove.Request, Object.Location> remove;

  private final Operation<Remove.TimestampRequest, Object.Locations> removeByTimestamp;

  RemoveGrpcService(VectorStore store) {
    this.remove =
        Writes.operation("Remove", store, PayloadCodec::remove, request -> request.getId().getId());
    this.removeByTimestamp =
        Operation.reading(
            "RemoveByTimestamp",
            (request, call) ->
                RemovalByTime.run(store, PayloadCodec.conditions(request), call.ofAPart())
                    .thenApply(removed ->
                        Writes.all(removed.stream().map(PayloadCodec::location).toList())));
  }

  @Override
  public void remove(Remove.Request request, StreamObserver<Object.Location> answers) {
    remove.unary(request, answers);
  }

  @Override
  public void multiRemove(Remove.MultiRequest requests, StreamObserver<Object.Locations> answers) {
    remove.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Remove.Request> streamRemove(
      StreamObserver<Object.StreamLocation> answers) {
    return remove.stream(answers, Writes::stream, Writes::stream);
  }

  @Override
  public void removeByTimestamp(
      Remove.TimestampRequest request, StreamObserver<Object.Locations> answers) {
    removeByTimestamp.unary(request, answers);
  }
}
