package dev.kagami.transport.peer;

import dev.kagami.core.store.CallMetadata;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;

/** Reads what is asked from a call's headers, and tells in its trailers. Thread-safe. */
final class GrpcMetadata implements CallMetadata {
  private final Metadata headers;

  // Guarded by itself.
  private final Metadata told = new Metadata();

  GrpcMetadata(Metadata headers) {
    this.headers = headers;
  }

  @Override
  public Optional<String> asked(String name) {
    return Optional.ofNullable(headers.get(key(name)));
  }

  @Override
  public void tell(String name, String value) {
    synchronized (told) {
      told.put(key(name), value);
    }
  }

  /** The call, with what is told until its end in the trailers. */
  <Q, A> ServerCall<Q, A> tellingAtTheEndOf(ServerCall<Q, A> call) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void close(Status status, Metadata trailers) {
        synchronized (told) {
          trailers.merge(told);
        }
        super.close(status, trailers);
      }
    };
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
