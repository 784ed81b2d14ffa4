package dev.kagami.transport.codec;

import com.google.rpc.Status;
import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The one translator between exceptions, gRPC statuses and HTTP statuses. */
public final class StatusMapping {
  /**
   * The longest message that is sent, in bytes of UTF-8: all trailers together stay below 8 KiB.
   */
  static final int MAX_MESSAGE_BYTES = 768;

  private StatusMapping() {}

  /**
   * {@code failure} itself, or what it wraps, if that is a {@link ValdException}; else a fault of
   * this process, whose cause stays out of the message.
   */
  public static ValdException failure(Throwable failure) {
    var cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ValdException known
        ? known
        : new ValdException.Internal("a fault of this server; its log tells more", cause);
  }

  /** The status message of a failure, as streams carry it beside their answers. */
  public static Status toStatus(ValdException error) {
    var status =
        Status.newBuilder()
            .setCode(toGrpc(error.code()).value())
            .setMessage(Shortened.to(MAX_MESSAGE_BYTES, error.getMessage()));
    ErrorDetails.addTo(status, error, reason(error));
    return status.build();
  }

  /** The exception that ends a call with this failure, details in its trailers. */
  public static StatusRuntimeException toException(ValdException error) {
    var exception = StatusProto.toStatusRuntimeException(toStatus(error));
    return new StatusRuntimeException(
        exception.getStatus().withCause(error), exception.getTrailers());
  }

  private static String reason(ValdException error) {
    return error.getCause() instanceof ValdException cause
        ? cause.getMessage()
        : error.getMessage();
  }

  /**
   * The failure that a call to {@code peer} ended with. Codes that speak of the request keep the
   * peer's words; codes that speak of the peer name it.
   */
  public static ValdException fromGrpc(Throwable failure, String peer) {
    var status = io.grpc.Status.fromThrowable(failure);
    if (status.getCode() == io.grpc.Status.Code.CANCELLED
        && status.getCause() instanceof StatusRuntimeException unreadable) {
      return new ValdException.Internal(
          peer + " gave an unreadable answer: " + unreadable.getMessage(), failure);
    }
    var said = said(status, failure);
    var code = fromGrpc(status.getCode());
    var message = speaksOfPeer(code) ? peer + ": " + said : said;
    return ValdException.of(code, message, details(failure), failure);
  }

  /** What gRPC says of a lost connection leaves out why; the cause that it keeps tells. */
  private static String said(io.grpc.Status status, Throwable failure) {
    var said = status.getDescription() == null ? failure.toString() : status.getDescription();
    return status.getCode() == io.grpc.Status.Code.UNAVAILABLE
        ? why(status).filter(why -> !said.contains(why)).map(why -> said + ": " + why).orElse(said)
        : said;
  }

  /** The words nearest to the failure: deeper causes leave out the address. */
  private static Optional<String> why(io.grpc.Status status) {
    return Stream.iterate(status.getCause(), Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(message -> message != null && !message.isBlank())
        .findFirst();
  }

  private static List<ErrorDetail> details(Throwable failure) {
    var status = StatusProto.fromThrowable(failure);
    return status == null ? List.of() : ErrorDetails.of(status);
  }

  private static boolean speaksOfPeer(Code code) {
    return switch (code) {
      case CANCELLED, DEADLINE_EXCEEDED, PERMISSION_DENIED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE ->
          true;
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED ->
          false;
    };
  }

  private static Code fromGrpc(io.grpc.Status.Code code) {
    return switch (code) {
      case CANCELLED -> Code.CANCELLED;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Code.INVALID_ARGUMENT;
      case DEADLINE_EXCEEDED -> Code.DEADLINE_EXCEEDED;
      case NOT_FOUND -> Code.NOT_FOUND;
      case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
      case PERMISSION_DENIED, UNAUTHENTICATED -> Code.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
      case ABORTED -> Code.ABORTED;
      case UNIMPLEMENTED -> Code.UNIMPLEMENTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> Code.INTERNAL;
    };
  }

  private static io.grpc.Status.Code toGrpc(Code code) {
    return switch (code) {
      case CANCELLED -> io.grpc.Status.Code.CANCELLED;
      case INVALID_ARGUMENT -> io.grpc.Status.Code.INVALID_ARGUMENT;
      case DEADLINE_EXCEEDED -> io.grpc.Status.Code.DEADLINE_EXCEEDED;
      case NOT_FOUND -> io.grpc.Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> io.grpc.Status.Code.ALREADY_EXISTS;
      case PERMISSION_DENIED -> io.grpc.Status.Code.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> io.grpc.Status.Code.RESOURCE_EXHAUSTED;
      case FAILED_PRECONDITION -> io.grpc.Status.Code.FAILED_PRECONDITION;
      case ABORTED -> io.grpc.Status.Code.ABORTED;
      case UNIMPLEMENTED -> io.grpc.Status.Code.UNIMPLEMENTED;
      case INTERNAL -> io.grpc.Status.Code.INTERNAL;
      case UNAVAILABLE -> io.grpc.Status.Code.UNAVAILABLE;
    };
  }

  /** The HTTP status that a REST client gets for a gRPC code. */
  public static int httpStatus(io.grpc.Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case FAILED_PRECONDITION -> 422;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
