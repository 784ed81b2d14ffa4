package dev.kagami.transport.grpc;

import com.google.rpc.Status;
import dev.kagami.core.store.SearchQuery.Method;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.FilterGrpc;

/** {@code vald.v1.Filter}: searches and writes by raw objects, of which a filter makes vectors. */
final class FilterGrpcService extends FilterGrpc.FilterImplBase {
  private final Operation<Search.ObjectRequest, Search.Response> search;
  private final Operation<Insert.ObjectRequest, Object.Location> insert;
  private final Operation<Update.ObjectRequest, Object.Location> update;
  private final Operation<Upsert.ObjectRequest, Object.Location> upsert;

  FilterGrpcService(Searches searches, FilteredWrites writes) {
    var filters = writes.filters();
    var byVector = searches.item(Method.GRAPH);
    this.search =
        Operation.reading(
            "SearchObject",
            (request, call) -> {
              var context = Context.current();
              var object = Object.Blob.newBuilder().setObject(request.getObject()).build();
              return filters
                  .vectorize(request.getVectorizer(), object, call)
                  .thenCompose(vector ->
                      Operation.within(
                          context, () -> byVector.answer(search(request, vector), call)));
            });
    var inserts = writes.insert();
    this.insert =
        Operation.writing(
            "InsertObject",
            (request, call) ->
                filters
                    .vectorize(request.getVectorizer(), request.getObject(), call)
                    .thenCompose(vector -> inserts.answer(insert(request, vector), call)),
            request -> request.getObject().getId());
    var updates = writes.update();
    this.update =
        Operation.writing(
            "UpdateObject",
            (request, call) ->
                filters
                    .vectorize(request.getVectorizer(), request.getObject(), call)
                    .thenCompose(vector -> updates.answer(update(request, vector), call)),
            request -> request.getObject().getId());
    var upserts = writes.upsert();
    this.upsert =
        Operation.writing(
            "UpsertObject",
            (request, call) ->
                filters
                    .vectorize(request.getVectorizer(), request.getObject(), call)
                    .thenCompose(vector -> upserts.answer(upsert(request, vector), call)),
            request -> request.getObject().getId());
  }

  private static Search.Request search(Search.ObjectRequest request, Object.Vector vector) {
    return Search.Request.newBuilder()
        .addAllVector(vector.getVectorList())
        .setConfig(request.getConfig())
        .build();
  }

  private static Insert.Request insert(Insert.ObjectRequest request, Object.Vector vector) {
    return Insert.Request.newBuilder().setVector(vector).setConfig(request.getConfig()).build();
  }

  private static Update.Request update(Update.ObjectRequest request, Object.Vector vector) {
    return Update.Request.newBuilder().setVector(vector).setConfig(request.getConfig()).build();
  }

  private static Upsert.Request upsert(Upsert.ObjectRequest request, Object.Vector vector) {
    return Upsert.Request.newBuilder().setVector(vector).setConfig(request.getConfig()).build();
  }

  @Override
  public void searchObject(Search.ObjectRequest request, StreamObserver<Search.Response> answers) {
    search.unary(request, answers);
  }

  @Override
  public void multiSearchObject(
      Search.MultiObjectRequest requests, StreamObserver<Search.Responses> answers) {
    search.multi(requests.getRequestsList(), answers, FilterGrpcService::all);
  }

  @Override
  public StreamObserver<Search.ObjectRequest> streamSearchObject(
      StreamObserver<Search.StreamResponse> answers) {
    return search.stream(answers, FilterGrpcService::stream, FilterGrpcService::stream);
  }

  @Override
  public void insertObject(Insert.ObjectRequest request, StreamObserver<Object.Location> answers) {
    insert.unary(request, answers);
  }

  @Override
  public void multiInsertObject(
      Insert.MultiObjectRequest requests, StreamObserver<Object.Locations> answers) {
    insert.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Insert.ObjectRequest> streamInsertObject(
      StreamObserver<Object.StreamLocation> answers) {
    return insert.stream(answers, Writes::stream, Writes::stream);
  }

  @Override
  public void updateObject(Update.ObjectRequest request, StreamObserver<Object.Location> answers) {
    update.unary(request, answers);
  }

  @Override
  public void multiUpdateObject(
      Update.MultiObjectRequest requests, StreamObserver<Object.Locations> answers) {
    update.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Update.ObjectRequest> streamUpdateObject(
      StreamObserver<Object.StreamLocation> answers) {
    return update.stream(answers, Writes::stream, Writes::stream);
  }

  @Override
  public void upsertObject(Upsert.ObjectRequest request, StreamObserver<Object.Location> answers) {
    upsert.unary(request, answers);
  }

  @Override
  public void multiUpsertObject(
      Upsert.MultiObjectRequest requests, StreamObserver<Object.Locations> answers) {
    upsert.multi(requests.getRequestsList(), answers, Writes::all);
  }

  @Override
  public StreamObserver<Upsert.ObjectRequest> streamUpsertObject(
      StreamObserver<Object.StreamLocation> answers) {
    return upsert.stream(answers, Writes::stream, Writes::stream);
  }

  private static Search.Responses all(List<Search.Response> responses) {
    return Search.Responses.newBuilder().addAllResponses(responses).build();
  }

  private static Search.StreamResponse stream(Search.Response response) {
    return Search.StreamResponse.newBuilder().setResponse(response).build();
  }

  private static Search.StreamResponse stream(Status failure) {
    return Search.StreamResponse.newBuilder().setStatus(failure).build();
  }
}
