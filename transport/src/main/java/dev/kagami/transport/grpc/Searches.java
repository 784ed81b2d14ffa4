package dev.kagami.transport.grpc;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  Searches(VectorStore store, OfNothing ofNothing) {
    this.store = store;
    this.ofNothing = ofNothing;
  }

  Operation<Search.Request, Search.Response> byVector(String name, Method method) {
    return Operation.reading(
        name,
        (request, call) ->
            search(PayloadCodec.search(request, method), request.getConfig().getRequestId(), call));
  }

  Operation<Search.IDRequest, Search.Response> byId(String name, Method method) {
    return Operation.reading(
        name,
        (request, call) ->
            search(PayloadCodec.search(request, method), request.getConfig().getRequestId(), call));
  }

  private CompletionStage<Search.Response> search(
      SearchQuery query, String requestId, CallContext call) {
    var note = PartialAnswers.ofCurrentCall();
    return store
        .search(query, call)
        .thenCompose(result -> {
          note.add(result);
          return answer(requestId, result, call);
        });
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
}
