package dev.kagami.transport.codec;

import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.TimeCondition;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;

/**
 * Vald's messages to values and back.
 *
 * <p>Left aside, as Vald's own agents do: {@code skip_strict_exist_check}, {@code
 * disable_balanced_update}, {@code aggregation_algorithm}, {@code ratio}, {@code nprobe}, filters.
 */
public final class PayloadCodec {
  private PayloadCodec() {}

  public static Mutation insert(Insert.Request request) {
    var vector = request.getVector();
    return new Mutation.Insert(
        new VectorId(vector.getId()),
        Floats.vector(vector.getVectorList()),
        time(vector.getTimestamp(), request.getConfig().getTimestamp()));
  }

  public static Mutation update(Update.Request request) {
    var vector = request.getVector();
    return new Mutation.Update(
        new VectorId(vector.getId()),
        Floats.vector(vector.getVectorList()),
        time(vector.getTimestamp(), request.getConfig().getTimestamp()));
  }

  public static Mutation upsert(Upsert.Request request) {
    var vector = request.getVector();
    return new Mutation.Upsert(
        new VectorId(vector.getId()),
        Floats.vector(vector.getVectorList()),
        time(vector.getTimestamp(), request.getConfig().getTimestamp()));
  }

  public static Mutation remove(Remove.Request request) {
    return new Mutation.Remove(
        new VectorId(request.getId().getId()), time(request.getConfig().getTimestamp(), 0));
  }

  /** The conditions of a removal by time; an operator that is not known is one that none meets. */
  public static List<TimeCondition> conditions(Remove.TimestampRequest request) {
    return request.getTimestampsList().stream()
        .map(one ->
            new TimeCondition(operator(one.getOperator()), new Timestamp(one.getTimestamp())))
        .toList();
  }

  private static TimeCondition.Operator operator(Remove.Timestamp.Operator operator) {
    return switch (operator) {
      case EQ -> TimeCondition.Operator.EQUAL;
      case NE -> TimeCondition.Operator.NOT_EQUAL;
      case GE -> TimeCondition.Operator.AT_OR_AFTER;
      case GT -> TimeCondition.Operator.AFTER;
      case LE -> TimeCondition.Operator.AT_OR_BEFORE;
      case LT -> TimeCondition.Operator.BEFORE;
      case UNRECOGNIZED -> TimeCondition.Operator.UNKNOWN;
    };
  }

  /**
   * A write's time from the two fields that may carry it: the later one counts, 0 is none. A
   * negative one is passed on as the client's, so that it is refused like every impossible time.
   */
  private static WriteTime time(long first, long second) {
    long chosen = Math.min(first, second) < 0 ? Math.min(first, second) : Math.max(first, second);
    return chosen == 0 ? WriteTime.UNSTAMPED : WriteTime.ofClient(new Timestamp(chosen));
  }

  public static SearchQuery search(Search.Request request, SearchQuery.Method method) {
    return new SearchQuery(
        new SearchQuery.Subject.OfVector(Floats.vector(request.getVectorList())),
        method,
        options(request.getConfig()));
  }

  public static SearchQuery search(Search.IDRequest request, SearchQuery.Method method) {
    return new SearchQuery(
        new SearchQuery.Subject.OfId(new VectorId(request.getId())),
        method,
        options(request.getConfig()));
  }

  private static SearchOptions options(Search.Config config) {
    return new SearchOptions(
        unsigned(config.getNum()),
        config.getRadius(),
        config.getEpsilon(),
        config.getEdgeSize(),
        unsigned(config.getMinNum()),
        Duration.ofNanos(config.getTimeout()));
  }

  /** A uint32, of which the upper half, beyond every limit, becomes the greatest int. */
  public static int unsigned(int uint32) {
    return uint32 < 0 ? Integer.MAX_VALUE : uint32;
  }

  public static Search.Response response(String requestId, SearchResult result) {
    var response = Search.Response.newBuilder().setRequestId(requestId);
    for (Neighbor neighbor : result.neighbors()) {
      response.addResults(
          Object.Distance.newBuilder()
              .setId(neighbor.id().value())
              .setDistance(neighbor.distance()));
    }
    return response.build();
  }

  public static Object.Location location(dev.kagami.core.store.Location location) {
    return Object.Location.newBuilder()
        .setName(location.name())
        .setUuid(location.id().value())
        .addAllIps(location.ips())
        .build();
  }

  /**
   * A stored vector with its floats.
   *
   * @throws java.util.NoSuchElementException if the version is a tombstone
   */
  public static Object.Vector vector(Version version) {
    Vector content = version.vector().orElseThrow();
    var message =
        Object.Vector.newBuilder()
            .setId(version.id().value())
            .setTimestamp(version.timestamp().unixNanos());
    for (int i = 0; i < content.dimension(); i++) {
      message.addVector(content.component(i));
    }
    return message.build();
  }

  public static Object.Timestamp timestamp(Version version) {
    return Object.Timestamp.newBuilder()
        .setId(version.id().value())
        .setTimestamp(version.timestamp().unixNanos())
        .build();
  }
}
