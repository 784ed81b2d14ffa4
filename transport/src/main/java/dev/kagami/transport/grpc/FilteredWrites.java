package dev.kagami.transport.grpc;

import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import dev.kagami.transport.grpc.VectorFilters.Use;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.vdaas.vald.api.v1.payload.Filter;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;

/** The three writes of a vector, with what filters do to it before. */
record FilteredWrites(VectorStore store, VectorFilters filters) {

  Item<Insert.Request, Object.Location> insert() {
    return filtered(
        Use.INSERT,
        request -> new Given(request.getConfig().getFilters(), request.getVector()),
        (request, vector) -> request.toBuilder().setVector(vector).build(),
        Writes.item(store, PayloadCodec::insert));
  }

  Item<Update.Request, Object.Location> update() {
    return filtered(
        Use.UPDATE,
        request -> new Given(request.getConfig().getFilters(), request.getVector()),
        (request, vector) -> request.toBuilder().setVector(vector).build(),
        Writes.item(store, PayloadCodec::update));
  }

  Item<Upsert.Request, Object.Location> upsert() {
    return filtered(
        Use.UPSERT,
        request -> new Given(request.getConfig().getFilters(), request.getVector()),
        (request, vector) -> request.toBuilder().setVector(vector).build(),
        Writes.item(store, PayloadCodec::upsert));
  }

  /** What filters have to know of a request. */
  private record Given(Filter.Config filters, Object.Vector vector) {}

  private <Q> Item<Q, Object.Location> filtered(
      Use use,
      Function<Q, Given> given,
      BiFunction<Q, Object.Vector, Q> with,
      Item<Q, Object.Location> write) {
    return (request, call) -> {
      var named = given.apply(request).filters();
      return filters.hasIngress(use, named)
          ? filters
              .ingress(use, named, given.apply(request).vector(), call)
              .thenCompose(vector -> write.answer(with.apply(request, vector), call))
          : write.answer(request, call);
    };
  }
}
