package dev.kagami.transport.grpc;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import java.util.List;
import java.util.function.Function;
import org.vdaas.vald.api.v1.payload.Object;

/** What the four write services have in common. */
final class Writes {
  private Writes() {}

  /**
   * A write that is answered with the place where it took effect.
   *
   * @param id names the vector of a request, for the order within one call
   */
  static <Q> Operation<Q, Object.Location> operation(
      String name, VectorStore store, Function<Q, Mutation> decode, Function<Q, String> id) {
    return Operation.writing(name, item(store, decode), id);
  }

  /** One such write. */
  static <Q> Item<Q, Object.Location> item(VectorStore store, Function<Q, Mutation> decode) {
    return (request, call) -> {
      var mutation = decode.apply(request);
      return store.apply(mutation, call).thenApply(applied -> location(mutation, applied));
    };
  }

  /** Vald's clients know no "beneath": to them the id simply has a newer version. */
  private static Object.Location location(Mutation mutation, Applied applied) {
    if (!applied.isNewest()) {
      var message = "uuid " + mutation.id() + ": a newer version exists";
      var newer =
          applied.previous().map(head -> "; it is of " + head.timestamp().toInstant()).orElse("");
      throw ValdException.of(
          Code.ALREADY_EXISTS,
          message,
          List.of(new ErrorDetail.FieldViolation("timestamp", "a newer version exists" + newer)),
          null);
    }
    return PayloadCodec.location(applied.location());
  }

  static Object.StreamLocation stream(Object.Location location) {
    return Object.StreamLocation.newBuilder().setLocation(location).build();
  }

  static Object.StreamLocation stream(com.google.rpc.Status failure) {
    return Object.StreamLocation.newBuilder().setStatus(failure).build();
  }

  static Object.Locations all(List<Object.Location> locations) {
    return Object.Locations.newBuilder().addAllLocations(locations).build();
  }
}
