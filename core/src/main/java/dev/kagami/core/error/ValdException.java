package dev.kagami.core.error;

import java.util.List;

/**
 * A failed request, with the gRPC code that its client gets. Messages name what happened, to what,
 * and what the caller can do. Immutable; carries no stack trace where the code is an ordinary
 * answer (not found, already exists, invalid argument).
 */
public abstract sealed class ValdException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The gRPC codes in use, by their gRPC names. */
  public enum Code {
    CANCELLED,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE
  }

  private final Code code;
  private final transient List<ErrorDetail> details;

  private ValdException(Code code, String message, List<ErrorDetail> details, Throwable cause) {
    super(message, cause, true, code == Code.INTERNAL);
    this.code = code;
    this.details = List.copyOf(details);
  }

  public final Code code() {
    return code;
  }

  public final List<ErrorDetail> details() {
    return details;
  }

  /** The same failure told with other words and details, as when a target's answer is passed on. */
  public final ValdException retold(String message, List<ErrorDetail> details) {
    return of(code, message, details, this);
  }

  /** An exception of the subtype that stands for {@code code}; {@code cause} may be null. */
  public static ValdException of(
      Code code, String message, List<ErrorDetail> details, Throwable cause) {
    return switch (code) {
      case CANCELLED -> new Cancelled(message, details, cause);
      case INVALID_ARGUMENT -> new InvalidArgument(message, details, cause);
      case DEADLINE_EXCEEDED -> new DeadlineExceeded(message, details, cause);
      case NOT_FOUND -> new NotFound(message, details, cause);
      case ALREADY_EXISTS -> new AlreadyExists(message, details, cause);
      case PERMISSION_DENIED -> new PermissionDenied(message, details, cause);
      case RESOURCE_EXHAUSTED -> new ResourceExhausted(message, details, cause);
      case FAILED_PRECONDITION -> new FailedPrecondition(message, details, cause);
      case ABORTED -> new Aborted(message, details, cause);
      case UNIMPLEMENTED -> new Unimplemented(message, details, cause);
      case INTERNAL -> new Internal(message, details, cause);
      case UNAVAILABLE -> new Unavailable(message, details, cause);
    };
  }

  /** The client gave the call up. */
  public static final class Cancelled extends ValdException {
    private static final long serialVersionUID = 1L;

    public Cancelled(String message) {
      this(message, List.of(), null);
    }

    private Cancelled(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.CANCELLED, message, details, cause);
    }
  }

  /** The request cannot be right, whatever is stored. */
  public static final class InvalidArgument extends ValdException {
    private static final long serialVersionUID = 1L;

    /** Refuses {@code field}; {@code message} names the value and the limit it broke. */
    public InvalidArgument(String field, String message) {
      this(message, List.of(new ErrorDetail.FieldViolation(field, message)), null);
    }

    private InvalidArgument(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.INVALID_ARGUMENT, message, details, cause);
    }
  }

  /** No answer in time; a write may have landed. */
  public static final class DeadlineExceeded extends ValdException {
    private static final long serialVersionUID = 1L;

    public DeadlineExceeded(String message) {
      this(message, List.of(), null);
    }

    private DeadlineExceeded(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.DEADLINE_EXCEEDED, message, details, cause);
    }
  }

  /** No vector is stored under the id. */
  public static final class NotFound extends ValdException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      this(message, List.of(), null);
    }

    private NotFound(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.NOT_FOUND, message, details, cause);
    }
  }

  /** The id is taken, the data is the same already, or a newer version exists. */
  public static final class AlreadyExists extends ValdException {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(String message) {
      this(message, List.of(), null);
    }

    private AlreadyExists(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.ALREADY_EXISTS, message, details, cause);
    }
  }

  /** The caller may not do this. */
  public static final class PermissionDenied extends ValdException {
    private static final long serialVersionUID = 1L;

    public PermissionDenied(String message) {
      this(message, List.of(), null);
    }

    private PermissionDenied(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.PERMISSION_DENIED, message, details, cause);
    }
  }

  /** A limit of size or number was reached. */
  public static final class ResourceExhausted extends ValdException {
    private static final long serialVersionUID = 1L;

    public ResourceExhausted(String message) {
      this(message, List.of(), null);
    }

    private ResourceExhausted(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.RESOURCE_EXHAUSTED, message, details, cause);
    }
  }

  /** The store is not in the state that the request needs. */
  public static final class FailedPrecondition extends ValdException {
    private static final long serialVersionUID = 1L;

    public FailedPrecondition(String message) {
      this(message, List.of(), null);
    }

    private FailedPrecondition(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.FAILED_PRECONDITION, message, details, cause);
    }
  }

  /** The transaction was ended by somebody else, such as the void mark of its origin. */
  public static final class Aborted extends ValdException {
    private static final long serialVersionUID = 1L;

    public Aborted(String message) {
      this(message, List.of(), null);
    }

    private Aborted(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.ABORTED, message, details, cause);
    }
  }

  /** This process does not offer the operation. */
  public static final class Unimplemented extends ValdException {
    private static final long serialVersionUID = 1L;

    public Unimplemented(String message) {
      this(message, List.of(), null);
    }

    private Unimplemented(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.UNIMPLEMENTED, message, details, cause);
    }
  }

  /** A fault of ours, or a peer's impossible answer. */
  public static final class Internal extends ValdException {
    private static final long serialVersionUID = 1L;

    public Internal(String message, Throwable cause) {
      this(message, List.of(), cause);
    }

    private Internal(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.INTERNAL, message, details, cause);
    }
  }

  /** A process that is needed does not answer or takes no writes now; try again later. */
  public static final class Unavailable extends ValdException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      this(message, List.of(), null);
    }

    private Unavailable(String message, List<ErrorDetail> details, Throwable cause) {
      super(Code.UNAVAILABLE, message, details, cause);
    }
  }
}
