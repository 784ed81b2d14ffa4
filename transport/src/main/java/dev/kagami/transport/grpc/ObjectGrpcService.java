package dev.kagami.transport.grpc;

import static dev.kagami.transport.peer.PeerInterceptor.currentCall;

import com.google.rpc.Status;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;

/** {@code vald.v1.Object}: what is visible under an id. */
final class ObjectGrpcService extends ObjectGrpc.ObjectImplBase {
  private final VectorStore store;
  private final Operation<Object.ID, Object.ID> exists;
  private final Operation<Object.VectorRequest, Object.Vector> getObject;
  private final Operation<Object.TimestampRequest, Object.Timestamp> getTimestamp;

  ObjectGrpcService(VectorStore store, VectorFilters filters) {
    this.store = store;
    this.exists = visible("Exists", store, Object.ID::getId, ObjectGrpcService::id, "data");
    Item<Object.VectorRequest, Object.Vector> stored =
        item(store, request -> request.getId().getId(), PayloadCodec::vector, "object");
    this.getObject =
        Operation.reading(
            "GetObject",
            (request, call) ->
                stored
                    .answer(request, call)
                    .thenCompose(vector -> filters.stored(request.getFilters(), vector, call)));
    this.getTimestamp =
        visible(
            "GetTimestamp",
            store,
            request -> request.getId().getId(),
            PayloadCodec::timestamp,
            "object");
  }

  private static <Q, A> Operation<Q, A> visible(
      String name,
      VectorStore store,
      Function<Q, String> id,
      Function<Version, A> encode,
      String word) {
    return Operation.reading(name, item(store, id, encode, word));
  }

  private static <Q, A> Item<Q, A> item(
      VectorStore store, Function<Q, String> id, Function<Version, A> encode, String word) {
    return (request, call) -> {
      var wanted = new VectorId(id.apply(request));
      return store
          .find(wanted, call)
          .thenApply(kept ->
              encode.apply(
                  kept.visible()
                      .orElseThrow(
                          () -> new NotFound("id " + wanted + "'s " + word + " not found"))));
    };
  }

  private static Object.ID id(Version version) {
    return Object.ID.newBuilder().setId(version.id().value()).build();
  }

  @Override
  public void exists(Object.ID request, StreamObserver<Object.ID> answers) {
    exists.unary(request, answers);
  }

  @Override
  public void getObject(Object.VectorRequest request, StreamObserver<Object.Vector> answers) {
    getObject.unary(request, answers);
  }

  @Override
  public StreamObserver<Object.VectorRequest> streamGetObject(
      StreamObserver<Object.StreamVector> answers) {
    return getObject.stream(answers, ObjectGrpcService::stream, ObjectGrpcService::stream);
  }

  @Override
  public void getTimestamp(
      Object.TimestampRequest request, StreamObserver<Object.Timestamp> answers) {
    getTimestamp.unary(request, answers);
  }

  @Override
  public void streamListObject(
      Object.List.Request request, StreamObserver<Object.List.Response> answers) {
    new ObjectList(store, currentCall(), (ServerCallStreamObserver<Object.List.Response>) answers)
        .open();
  }

  private static Object.StreamVector stream(Object.Vector vector) {
    return Object.StreamVector.newBuilder().setVector(vector).build();
  }

  private static Object.StreamVector stream(Status failure) {
    return Object.StreamVector.newBuilder().setStatus(failure).build();
  }
}
