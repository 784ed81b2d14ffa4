package dev.kagami.transport.grpc;

import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.InsertGrpc;

/** {@code vald.v1.Insert}. */
final class InsertGrpcService extends InsertGrpc.InsertImplBase {
  private final Operation<Insert.Request, Object.Location> insert;

  InsertGrpcService(FilteredWrites writes) {
    this.insert =
        Operation.writing("Insert", writes.insert(), request -> request.getVector().getId());
  }

  @Override
  public void insert(Insert.Request request, StreamObserver<Object.Location> answers) {
    insert.unary(request, answers);
  }

  @Override
  public void multiInsert(Insert.MultiRequest requests, StreamObserver<Object.Locations> answers) {
    insert.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Insert.Request> streamInsert(
      StreamObserver<Object.StreamLocation> answers) {
    return insert.stream(answers, Writes::stream, Writes::stream);
  }
}
