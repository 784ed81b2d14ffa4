package dev.kagami.transport.grpc;

import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import dev.kagami.transport.grpc.VectorFilters.Use;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;

/** The three writes of a vector, with what filters do to it before. */
record FilteredWrites(VectorStore store, VectorFilters filters) {

  Item<Insert.Request, Object.Location> insert() {
    var item = Writes.item(store, PayloadCodec::insert);
    return (request, call) -> {
      var named = request.getConfig().getFilters();
      return filters.hasIngress(Use.INSERT, named)
          ? filters
              .ingress(Use.INSERT, named, request.getVector(), call)
              .thenCompose(
                  vector -> item.answer(request.toBuilder().setVector(vector).build(), call))
          : item.answer(request, call);
    };
  }

  Item<Update.Request, Object.Location> update() {
    var item = Writes.item(store, PayloadCodec::update);
    return (request, call) -> {
      var named = request.getConfig().getFilters();
      return filters.hasIngress(Use.UPDATE, named)
          ? filters
              .ingress(Use.UPDATE, named, request.getVector(), call)
              .thenCompose(
                  vector -> item.answer(request.toBuilder().setVector(vector).build(), call))
          : item.answer(request, call);
    };
  }

  Item<Upsert.Request, Object.Location> upsert() {
    var item = Writes.item(store, PayloadCodec::upsert);
    return (request, call) -> {
      var named = request.getConfig().getFilters();
      return filters.hasIngress(Use.UPSERT, named)
          ? filters
              .ingress(Use.UPSERT, named, request.getVector(), call)
              .thenCompose(
                  vector -> item.answer(request.toBuilder().setVector(vector).build(), call))
          : item.answer(request, call);
    };
  }
}
