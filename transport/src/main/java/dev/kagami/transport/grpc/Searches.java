package dev.kagami.transport.grpc;

import com.google.rpc.Status;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import dev.kagami.transport.grpc.VectorFilters.Use;
import io.grpc.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;

/** What the twelve search RPCs have in common. */
final class Searches {
  /** What a search of a store that holds nothing is answered with. */
  enum OfNothing {
    /** An empty message, as Vald's agent does. The store is asked for its size, so it be cheap. */
    EMPTY,
    /** NOT_FOUND like every search without a hit, as Vald's gateways do. */
    NOT_FOUND
  }

  private final VectorStore store;
  private final OfNothing ofNothing;
  private final VectorFilters filters;

  Searches(VectorStore store, OfNothing ofNothing, VectorFilters filters) {
    this.store = store;
    this.ofNothing = ofNothing;
    this.filters = filters;
  }

  Operation<Search.Request, Search.Response> byVector(String name, Method method) {
    return Operation.reading(name, item(method));
  }

  /** One search by a vector. */
  Item<Search.Request, Search.Response> item(Method method) {
    return (request, call) -> {
      var config = request.getConfig();
      if (!filters.hasIngress(Use.SEARCH, config.getIngressFilters())) {
        return search(PayloadCodec.search(request, method), config, call);
      }
      var context = Context.current();
      var vector = Object.Vector.newBuilder().addAllVector(request.getVectorList()).build();
      return filters
          .ingress(Use.SEARCH, config.getIngressFilters(), vector, call)
          .thenCompose(filtered -> {
            var again =
                request.toBuilder().clearVector().addAllVector(filtered.getVectorList()).build();
            return Operation.within(
                context, () -> search(PayloadCodec.search(again, method), config, call));
          });
    };
  }

  Operation<Search.IDRequest, Search.Response> byId(String name, Method method) {
    return Operation.reading(
        name,
        (request, call) -> search(PayloadCodec.search(request, method), request.getConfig(), call));
  }

  private CompletionStage<Search.Response> search(
      SearchQuery query, Search.Config config, CallContext call) {
    var note = PartialAnswers.ofCurrentCall();
    return store
        .search(query, call)
        .thenCompose(result -> {
          note.add(result);
          return answer(config.getRequestId(), result, call);
        })
        .thenCompose(response -> filtered(response, config, call));
  }

  private CompletionStage<Search.Response> filtered(
      Search.Response response, Search.Config config, CallContext call) {
    if (!filters.hasDistance(config.getEgressFilters())) {
      return CompletableFuture.completedStage(response);
    }
    return filters
        .distances(config.getEgressFilters(), response.getResultsList(), call)
        .thenApply(hits -> response.toBuilder().clearResults().addAllResults(hits).build());
  }

  private CompletionStage<Search.Response> answer(
      String requestId, SearchResult result, CallContext call) {
    if (!result.neighbors().isEmpty()) {
      return CompletableFuture.completedStage(PayloadCodec.response(requestId, result));
    }
    return switch (ofNothing) {
      case NOT_FOUND -> CompletableFuture.failedStage(noHit(requestId));
      case EMPTY ->
          store
              .indexInfo(call)
              .thenApply(info -> {
                if (holdsSomething(info)) {
                  throw noHit(requestId);
                }
                return Search.Response.newBuilder().setRequestId(requestId).build();
              });
    };
  }

  private static boolean holdsSomething(IndexInfo info) {
    return info.stored() + info.uncommitted() > 0;
  }

  private static NotFound noHit(String requestId) {
    return new NotFound("requestID " + requestId + "'s search result not found");
  }

  static Search.Responses all(List<Search.Response> responses) {
    return Search.Responses.newBuilder().addAllResponses(responses).build();
  }

  static Search.StreamResponse stream(Search.Response response) {
    return Search.StreamResponse.newBuilder().setResponse(response).build();
  }

  static Search.StreamResponse stream(Status failure) {
    return Search.StreamResponse.newBuilder().setStatus(failure).build();
  }
}
