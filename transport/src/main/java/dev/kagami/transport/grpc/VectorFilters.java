package dev.kagami.transport.grpc;

import dev.kagami.core.error.ValdException.Unimplemented;
import dev.kagami.core.store.CallContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.payload.Filter;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * Other people's programs that change vectors on their way in and answers on their way out, and
 * make vectors of raw objects. Which of them are asked is configured; those that a request names
 * come after. Stages fail with a {@link dev.kagami.core.error.ValdException} only; nothing blocks;
 * thread-safe.
 */
public interface VectorFilters {
  /** On which way in a vector is. */
  enum Use {
    SEARCH,
    INSERT,
    UPDATE,
    UPSERT
  }

  /** No filters: everything passes as it is, and nothing makes vectors. */
  VectorFilters NONE = new NoFilters();

  /** Whether {@link #ingress} would ask anybody. */
  boolean hasIngress(Use use, Filter.Config named);

  /**
   * The vector as the filters of {@code use} and those {@code named} leave it, one after the other.
   * It keeps its id and its timestamp where they give none.
   */
  CompletionStage<Object.Vector> ingress(
      Use use, Filter.Config named, Object.Vector vector, CallContext call);

  /** Whether {@link #distances} would ask anybody. */
  boolean hasDistance(Filter.Config named);

  /** The hits as the distance filters leave them, each replaced by what it was made of. */
  CompletionStage<List<Object.Distance>> distances(
      Filter.Config named, List<Object.Distance> hits, CallContext call);

  /** A stored vector as the object filters leave it. */
  CompletionStage<Object.Vector> stored(
      Filter.Config named, Object.Vector vector, CallContext call);

  /**
   * The vector of a raw object, under the object's id.
   *
   * @param vectorizer who makes it; the configured one if its port is 0
   */
  CompletionStage<Object.Vector> vectorize(
      Filter.Target vectorizer, Object.Blob object, CallContext call);

  /** What {@link #NONE} is. */
  final class NoFilters implements VectorFilters {
    private NoFilters() {}

    @Override
    public boolean hasIngress(Use use, Filter.Config named) {
      return false;
    }

    @Override
    public CompletionStage<Object.Vector> ingress(
        Use use, Filter.Config named, Object.Vector vector, CallContext call) {
      return CompletableFuture.completedStage(vector);
    }

    @Override
    public boolean hasDistance(Filter.Config named) {
      return false;
    }

    @Override
    public CompletionStage<List<Object.Distance>> distances(
        Filter.Config named, List<Object.Distance> hits, CallContext call) {
      return CompletableFuture.completedStage(hits);
    }

    @Override
    public CompletionStage<Object.Vector> stored(
        Filter.Config named, Object.Vector vector, CallContext call) {
      return CompletableFuture.completedStage(vector);
    }

    @Override
    public CompletionStage<Object.Vector> vectorize(
        Filter.Target vectorizer, Object.Blob object, CallContext call) {
      return CompletableFuture.failedStage(
          new Unimplemented("nothing makes vectors of objects here"));
    }
  }
}
