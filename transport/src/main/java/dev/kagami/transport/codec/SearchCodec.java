package dev.kagami.transport.codec;

import dev.kagami.api.v1.SearchRequest;
import dev.kagami.api.v1.SearchResponse;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;

/** Searches of {@code kagami.v1.Store} to values and back. */
public final class SearchCodec {
  private SearchCodec() {}

  public static SearchRequest request(SearchQuery query) {
    var options = query.options();
    var request =
        SearchRequest.newBuilder()
            .setLinear(query.method() == SearchQuery.Method.LINEAR)
            .setNum(options.num())
            .setRadius(options.radius())
            .setEpsilon(options.epsilon())
            .setEdgeSize(options.edgeSize())
            .setMinNum(options.minNum())
            .setTimeout(options.timeout().toNanos());
    switch (query.subject()) {
      case SearchQuery.Subject.OfId(var id) -> request.setId(id.value());
      case SearchQuery.Subject.OfVector(var vector) -> {
        for (int i = 0; i < vector.dimension(); i++) {
          request.addVector(vector.component(i));
        }
      }
    }
    return request.build();
  }

  public static SearchQuery query(SearchRequest request) {
    var subject =
        request.getId().isEmpty()
            ? new SearchQuery.Subject.OfVector(Floats.vector(request.getVectorList()))
            : new SearchQuery.Subject.OfId(new VectorId(request.getId()));
    return new SearchQuery(
        subject,
        request.getLinear() ? SearchQuery.Method.LINEAR : SearchQuery.Method.GRAPH,
        new SearchOptions(
            PayloadCodec.unsigned(request.getNum()),
            request.getRadius(),
            request.getEpsilon(),
            request.getEdgeSize(),
            PayloadCodec.unsigned(request.getMinNum()),
            Duration.ofNanos(request.getTimeout())));
  }

  public static SearchResponse response(SearchResult result) {
    var response =
        SearchResponse.newBuilder()
            .setAnswered(result.answered())
            .setAsked(result.asked())
            .setPartial(result.partial());
    for (var neighbor : result.neighbors()) {
      response.addNeighbors(
          dev.kagami.api.v1.Neighbor.newBuilder()
              .setId(neighbor.id().value())
              .setDistance(neighbor.distance())
              .setHead(KeptCodec.head(neighbor.head())));
    }
    return response.build();
  }

  /**
   * The hits of a search for {@code num}.
   *
   * @throws IllegalArgumentException if there are more, one has no distance, or they are not in
   *     order
   */
  public static SearchResult result(int num, SearchResponse response) {
    if (response.getNeighborsCount() > num) {
      throw new IllegalArgumentException(
          response.getNeighborsCount() + " hits where " + num + " were asked for");
    }
    var neighbors = new ArrayList<Neighbor>(response.getNeighborsCount());
    float nearest = Float.NEGATIVE_INFINITY;
    for (var hit : response.getNeighborsList()) {
      // not written as "<", so that NaN is caught
      if (!(hit.getDistance() >= nearest)) {
        throw new IllegalArgumentException(
            "distance " + hit.getDistance() + " after distance " + nearest);
      }
      nearest = hit.getDistance();
      neighbors.add(
          new Neighbor(KeptCodec.head(new VectorId(hit.getId()), hit.getHead()), nearest));
    }
    return new SearchResult(
        neighbors, response.getAnswered(), response.getAsked(), response.getPartial());
  }
}
