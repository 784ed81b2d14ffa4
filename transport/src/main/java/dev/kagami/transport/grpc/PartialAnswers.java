package dev.kagami.transport.grpc;

import dev.kagami.core.store.SearchResult;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells the client in the trailer {@code kagami-partial}, as {@code answered/asked}, that hits may
 * be missing because agents are: once for a call, of its most incomplete search.
 */
final class PartialAnswers implements ServerInterceptor {
  static final Metadata.Key<String> KEY =
      Metadata.Key.of("kagami-partial", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<Note> NOTE = Context.key("kagami-partial");

  /** What is to be told of one call. Thread-safe. */
  static final class Note {
    private final AtomicReference<Optional<SearchResult>> worst =
        new AtomicReference<>(Optional.empty());

    void add(SearchResult result) {
      if (result.partial()) {
        worst.accumulateAndGet(
            Optional.of(result), (one, other) -> isWorse(one, other) ? one : other);
      }
    }

    private static boolean isWorse(Optional<SearchResult> one, Optional<SearchResult> other) {
      return one.isPresent()
          && (long) one.get().answered() * other.orElseThrow().asked()
              < (long) other.orElseThrow().answered() * one.get().asked();
    }

    private void addTo(Metadata trailers) {
      worst.get().ifPresent(result -> trailers.put(KEY, result.answered() + "/" + result.asked()));
    }
  }

  /** The note of the call that is being served; outside of one, a note that nobody reads. */
  static Note ofCurrentCall() {
    var note = NOTE.get();
    return note == null ? new Note() : note;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var note = new Note();
    var told =
        new SimpleForwardingServerCall<Q, A>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            note.addTo(trailers);
            super.close(status, trailers);
          }
        };
    return Contexts.interceptCall(Context.current().withValue(NOTE, note), told, headers, next);
  }
}
