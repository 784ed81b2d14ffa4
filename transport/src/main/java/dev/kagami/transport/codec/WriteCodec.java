package dev.kagami.transport.codec;

import dev.kagami.api.v1.ApplyOutcome;
import dev.kagami.api.v1.ApplyRequest;
import dev.kagami.api.v1.ApplyResponse;
import dev.kagami.api.v1.MutationKind;
import dev.kagami.api.v1.RevokeRequest;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;

/** Writes and undos of {@code kagami.v1.Store} to values and back. */
public final class WriteCodec {
  private WriteCodec() {}

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
            .setUnconditional(mutation.condition().isUnconditional())
            .setIfStill(mutation.condition().still().map(Stamp::value).orElse(0L));
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
    var still =
        request.getIfStill() == 0
            ? Optional.<Stamp>empty()
            : Optional.of(Times.stamp(request.getIfStill()));
    var condition = new Mutation.Condition(request.getUnconditional(), still);
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
    applied.previous().ifPresent(head -> response.setPrevious(KeptCodec.head(head)));
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
        response.hasPrevious()
            ? Optional.of(KeptCodec.head(id, response.getPrevious()))
            : Optional.empty(),
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
}
