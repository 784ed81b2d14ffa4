package dev.kagami.transport.grpc;

import dev.kagami.core.store.SearchQuery.Method;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.SearchGrpc;

/** {@code vald.v1.Search}. */
final class SearchGrpcService extends SearchGrpc.SearchImplBase {
  private final Operation<Search.Request, Search.Response> search;
  private final Operation<Search.IDRequest, Search.Response> searchById;
  private final Operation<Search.Request, Search.Response> linearSearch;
  private final Operation<Search.IDRequest, Search.Response> linearSearchById;

  SearchGrpcService(Searches searches) {
    this.search = searches.byVector("Search", Method.GRAPH);
    this.searchById = searches.byId("SearchByID", Method.GRAPH);
    this.linearSearch = searches.byVector("LinearSearch", Method.LINEAR);
    this.linearSearchById = searches.byId("LinearSearchByID", Method.LINEAR);
  }

  @Override
  public void search(Search.Request request, StreamObserver<Search.Response> answers) {
    search.unary(request, answers);
  }

  @Override
  public void searchByID(Search.IDRequest request, StreamObserver<Search.Response> answers) {
    searchById.unary(request, answers);
  }

  @Override
  public void linearSearch(Search.Request request, StreamObserver<Search.Response> answers) {
    linearSearch.unary(request, answers);
  }

  @Override
  public void linearSearchByID(Search.IDRequest request, StreamObserver<Search.Response> answers) {
    linearSearchById.unary(request, answers);
  }

  @Override
  public void multiSearch(Search.MultiRequest requests, StreamObserver<Search.Responses> answers) {
    search.multi(requests.getRequestsList(), answers, Searches::all);
  }

  @Override
  public void multiSearchByID(
      Search.MultiIDRequest requests, StreamObserver<Search.Responses> answers) {
    searchById.multi(requests.getRequestsList(), answers, Searches::all);
  }

  @Override
  public void multiLinearSearch(
      Search.MultiRequest requests, StreamObserver<Search.Responses> answers) {
    linearSearch.multi(requests.getRequestsList(), answers, Searches::all);
  }

  @Override
  public void multiLinearSearchByID(
      Search.MultiIDRequest requests, StreamObserver<Search.Responses> answers) {
    linearSearchById.multi(requests.getRequestsList(), answers, Searches::all);
  }

  @Override
  public StreamObserver<Search.Request> streamSearch(
      StreamObserver<Search.StreamResponse> answers) {
    return search.stream(answers, Searches::stream, Searches::stream);
  }

  @Override
  public StreamObserver<Search.IDRequest> streamSearchByID(
      StreamObserver<Search.StreamResponse> answers) {
    return searchById.stream(answers, Searches::stream, Searches::stream);
  }

  @Override
  public StreamObserver<Search.Request> streamLinearSearch(
      StreamObserver<Search.StreamResponse> answers) {
    return linearSearch.stream(answers, Searches::stream, Searches::stream);
  }

  @Override
  public StreamObserver<Search.IDRequest> streamLinearSearchByID(
      StreamObserver<Search.StreamResponse> answers) {
    return linearSearchById.stream(answers, Searches::stream, Searches::stream);
  }
}
