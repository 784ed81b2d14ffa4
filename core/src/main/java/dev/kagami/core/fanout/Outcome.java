package dev.kagami.core.fanout;

import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException;

/** What became of a call to one target. */
public sealed interface Outcome<R> {

  /** It answered. */
  record Answered<R>(R value) implements Outcome<R> {}

  /** It refused, or failed in a way that it knows. */
  record Rejected<R>(ValdException error) implements Outcome<R> {}

  /** Nothing is known: no answer in time, or the connection was lost. It may have happened. */
  record Unknown<R>(ValdException error) implements Outcome<R> {}

  /** The outcome of a stage that ended with {@code value} or, if that is null, {@code failure}. */
  static <R> Outcome<R> of(R value, Throwable failure) {
    if (failure == null) {
      return new Answered<>(value);
    }
    var cause = StageFailure.cause(failure);
    return cause instanceof ValdException error ? of(error) : new Rejected<>(fault(cause));
  }

  private static <R> Outcome<R> of(ValdException error) {
    return switch (error.code()) {
      case DEADLINE_EXCEEDED, UNAVAILABLE, CANCELLED -> new Unknown<>(error);
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          UNIMPLEMENTED,
          INTERNAL ->
          new Rejected<>(error);
    };
  }

  private static ValdException fault(Throwable cause) {
    return new ValdException.Internal("the call failed: " + cause, cause);
  }
}
