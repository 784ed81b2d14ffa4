package dev.kagami.transport.grpc;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.kagami.core.error.ValdException;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Status;

/** One line per failed request: faults of ours as warnings, ordinary answers for who debugs. */
final class FailureLog {
  private static final System.Logger LOG = System.getLogger(FailureLog.class.getPackageName());

  private FailureLog() {}

  static void log(String method, Status status) {
    if (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN) {
      LOG.log(WARNING, describe(method, status), status.getCause());
    } else {
      LOG.log(DEBUG, () -> describe(method, status));
    }
  }

  /** A failed request of a stream that goes on. */
  static void log(String method, ValdException error) {
    log(method, StatusMapping.toException(error).getStatus());
  }

  /** A handler that throws once its client has its answer. */
  static void afterEnd(String method, RuntimeException thrown) {
    LOG.log(WARNING, method + " threw after the call had ended", thrown);
  }

  private static String describe(String method, Status status) {
    return method + " failed: " + status.getCode() + ", " + status.getDescription();
  }
}
