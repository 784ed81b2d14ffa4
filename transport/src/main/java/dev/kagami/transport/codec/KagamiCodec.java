package dev.kagami.transport.codec;

import dev.kagami.api.v1.ApplyOutcome;
import dev.kagami.api.v1.ApplyRequest;
import dev.kagami.api.v1.ApplyResponse;
import dev.kagami.api.v1.FindResponse;
import dev.kagami.api.v1.KeptVersion;
import dev.kagami.api.v1.MutationKind;
import dev.kagami.api.v1.RevokeRequest;
import dev.kagami.api.v1.SearchRequest;
import dev.kagami.api.v1.SearchResponse;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;

/** The messages of {@code kagami.v1.Store} to values and back. */
public final class KagamiCodec {
  private KagamiCodec() {}

  public static ApplyRequest request(Mutation mutation) {
    var time = mutation.time();
    var request =
        ApplyRequest.newBuilder()
            .setKind(kind(mutation))
            .setId(mutation.id().value())
            .setTimestamp(time.timestamp().unixNanos())
            .setClientTimestamp(time.isOfClient())
            .setStamp(time.stamp().value())
            .setVoids(time.voids().value())
            .setUnconditional(mutation.condition() == Mutation.Condition.UNCONDITIONAL);
    mutation
        .content()
        .ifPresent(vector -> {
          for (int i = 0; i < vector.dimension(); i++) {
            request.addVector(vector.component(i));
          }
        });
    return request.build();
  }

  private static MutationKind kind(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Insert _ -> MutationKind.INSERT;
      case Mutation.Update _ -> MutationKind.UPDATE;
      case Mutation.Upsert _ -> MutationKind.UPSERT;
      case Mutation.Remove _ -> MutationKind.REMOVE;
    };
  }

  /**
   * The write that a request asks for.
   *
   * @throws InvalidArgument if the kind is none that this process knows, or the id is no id
   */
  public static Mutation mutation(ApplyRequest request) {
    var id = new VectorId(request.getId());
    var time =
        new WriteTime(
            Times.timestamp(request.getTimestamp()),
            request.getClientTimestamp() ? WriteTime.Source.CLIENT : WriteTime.Source.SERVER,
            Times.stamp(request.getStamp()),
            Times.stamp(request.getVoids()));
    var condition =
        request.getUnconditional() ? Mutation.Condition.UNCONDITIONAL : Mutation.Condition.CHECKED;
    return switch (request.getKind()) {
      case INSERT -> new Mutation.Insert(id, content(request), time, condition);
      case UPDATE -> new Mutation.Update(id, content(request), time, condition);
      case UPSERT -> new Mutation.Upsert(id, content(request), time, condition);
      case REMOVE -> new Mutation.Remove(id, time, condition);
      case MUTATION_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidArgument("kind", "unknown kind of write " + request.getKindValue());
    };
  }

  private static Vector content(ApplyRequest request) {
    return Floats.vector(request.getVectorList());
  }

  public static ApplyResponse response(Applied applied) {
    var response =
        ApplyResponse.newBuilder()
            .setOutcome(outcome(applied.standing()))
            .setLocationName(applied.location().name())
            .addAllLocationIps(applied.location().ips());
    applied.previous().ifPresent(head -> response.setPrevious(head(head)));
    return response.build();
  }

  private static ApplyOutcome outcome(Applied.Standing standing) {
    return switch (standing) {
      case TOP -> ApplyOutcome.OK;
      case BENEATH -> ApplyOutcome.BENEATH;
      case SUPERSEDED -> ApplyOutcome.SUPERSEDED;
    };
  }

  /** A refusal that is an answer between our processes; empty if it travels as a status. */
  public static Optional<ApplyResponse> refusal(ValdException refused) {
    if (refused instanceof ValdException.AlreadyExists) {
      return Optional.of(refusal(ApplyOutcome.ALREADY_EXISTS, refused));
    }
    if (refused instanceof ValdException.NotFound) {
      return Optional.of(refusal(ApplyOutcome.NOT_FOUND, refused));
    }
    return Optional.empty();
  }

  private static ApplyResponse refusal(ApplyOutcome outcome, ValdException refused) {
    return ApplyResponse.newBuilder().setOutcome(outcome).setMessage(refused.getMessage()).build();
  }

  /**
   * What became of a write of {@code id}.
   *
   * @throws ValdException.AlreadyExists if that was the answer
   * @throws ValdException.NotFound if that was the answer
   * @throws IllegalArgumentException if the answer makes no sense
   */
  public static Applied applied(VectorId id, ApplyResponse response) {
    return switch (response.getOutcome()) {
      case OK -> applied(id, Applied.Standing.TOP, response);
      case BENEATH -> applied(id, Applied.Standing.BENEATH, response);
      case SUPERSEDED -> applied(id, Applied.Standing.SUPERSEDED, response);
      case ALREADY_EXISTS -> throw new ValdException.AlreadyExists(response.getMessage());
      case NOT_FOUND -> throw new ValdException.NotFound(response.getMessage());
      case APPLY_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown outcome " + response.getOutcomeValue());
    };
  }

  private static Applied applied(VectorId id, Applied.Standing standing, ApplyResponse response) {
    return new Applied(
        standing,
        response.hasPrevious() ? Optional.of(head(id, response.getPrevious())) : Optional.empty(),
        new Location(response.getLocationName(), id, response.getLocationIpsList()));
  }

  public static RevokeRequest request(VoidMark mark) {
    return RevokeRequest.newBuilder()
        .setId(mark.id().value())
        .setStamp(mark.stamp().value())
        .build();
  }

  public static VoidMark mark(RevokeRequest request) {
    return new VoidMark(new VectorId(request.getId()), Times.stamp(request.getStamp()));
  }

  public static FindResponse response(Kept kept) {
    var response = FindResponse.newBuilder();
    for (var entry : kept.entries()) {
      response.addVersions(version(entry));
    }
    for (var mark : kept.marks()) {
      response.addMarks(mark.value());
    }
    return response.build();
  }

  private static KeptVersion version(Kept.Entry entry) {
    var version = entry.version();
    var message =
        KeptVersion.newBuilder()
            .setTimestamp(version.timestamp().unixNanos())
            .setStamp(version.stamp().value())
            .setTombstone(version.isTombstone())
            .setSettled(entry.settled());
    version
        .vector()
        .ifPresent(vector -> {
          for (int i = 0; i < vector.dimension(); i++) {
            message.addVector(vector.component(i));
          }
        });
    return message.build();
  }

  /** All that is kept of {@code id}, put in order again whatever order it came in. */
  public static Kept kept(VectorId id, FindResponse response) {
    var entries = new ArrayList<Kept.Entry>();
    for (var version : response.getVersionsList()) {
      entries.add(new Kept.Entry(version(id, version), version.getSettled()));
    }
    var marks = new TreeSet<Stamp>();
    for (int i = 0; i < response.getMarksCount(); i++) {
      marks.add(Times.stamp(response.getMarks(i)));
    }
    return Kept.nothing(id).merge(new Kept(id, entries, marks));
  }

  private static Version version(VectorId id, KeptVersion version) {
    if (version.getTombstone() == (version.getVectorCount() > 0)) {
      throw new IllegalArgumentException("a version is a vector or a tombstone, not both or none");
    }
    return new Version(
        id,
        Times.timestamp(version.getTimestamp()),
        Times.stamp(version.getStamp()),
        version.getTombstone()
            ? Optional.empty()
            : Optional.of(Floats.vector(version.getVectorList())));
  }

  private static dev.kagami.api.v1.Head head(Head head) {
    return dev.kagami.api.v1.Head.newBuilder()
        .setTimestamp(head.timestamp().unixNanos())
        .setStamp(head.stamp().value())
        .setTombstone(!head.isVector())
        .setContentHash(head.contentHash())
        .build();
  }

  private static Head head(VectorId id, dev.kagami.api.v1.Head head) {
    return new Head(
        id,
        Times.timestamp(head.getTimestamp()),
        Times.stamp(head.getStamp()),
        head.getTombstone() ? Head.Kind.TOMBSTONE : Head.Kind.VECTOR,
        head.getContentHash());
  }

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
        SearchResponse.newBuilder().setAnswered(result.answered()).setAsked(result.asked());
    for (var neighbor : result.neighbors()) {
      response.addNeighbors(
          dev.kagami.api.v1.Neighbor.newBuilder()
              .setId(neighbor.id().value())
              .setDistance(neighbor.distance())
              .setHead(head(neighbor.head())));
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
      neighbors.add(new Neighbor(head(new VectorId(hit.getId()), hit.getHead()), nearest));
    }
    return new SearchResult(neighbors, response.getAnswered(), response.getAsked());
  }
}
