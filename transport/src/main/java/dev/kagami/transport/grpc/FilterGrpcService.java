package dev.kagami.transport.grpc;

import dev.kagami.core.store.SearchQuery.Method;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.vdaas.vald.api.v1.payload.Filter;
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
    this.insert =
        writing(
            "InsertObject",
            request -> new Raw(request.getVectorizer(), request.getObject()),
            filters,
            FilterGrpcService::insert,
            writes.insert());
    this.update =
        writing(
            "UpdateObject",
            request -> new Raw(request.getVectorizer(), request.getObject()),
            filters,
            FilterGrpcService::update,
            writes.update());
    this.upsert =
        writing(
            "UpsertObject",
            request -> new Raw(request.getVectorizer(), request.getObject()),
            filters,
            FilterGrpcService::upsert,
            writes.upsert());
  }

  /** What the requests of all three writes hold beside their configuration. */
  private record Raw(Filter.Target vectorizer, Object.Blob object) {}

  /**
   * A write of the vector that {@code filters} make.
   *
   * @param byVector the same request with that vector
   */
  private static <Q, V> Operation<Q, Object.Location> writing(
      String name,
      Function<Q, Raw> raw,
      VectorFilters filters,
      BiFunction<Q, Object.Vector, V> byVector,
      Item<V, Object.Location> write) {
    return Operation.writing(
        name,
        (request, call) -> {
          var given = raw.apply(request);
          return filters
              .vectorize(given.vectorizer(), given.object(), call)
              .thenCompose(vector -> write.answer(byVector.apply(request, vector), call));
        },
        request -> raw.apply(request).object().getId());
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
    search.multi(requests.getRequestsList(), answers, Searches::all);
  }

  @Override
  public StreamObserver<Search.ObjectRequest> streamSearchObject(
      StreamObserver<Search.StreamResponse> answers) {
    return search.stream(answers, Searches::stream, Searches::stream);
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
}
