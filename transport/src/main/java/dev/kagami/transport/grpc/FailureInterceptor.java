package dev.kagami.transport.grpc;

import dev.kagami.transport.codec.StatusMapping;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Ends a call whose handler throws with a status instead of a bare UNKNOWN, and logs each failed
 * call once. Outermost of the interceptors, so that it sees what the others throw.
 */
final class FailureInterceptor implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var reported = new ReportedCall<>(call);
    try {
      return new GuardedListener<>(next.startCall(reported, headers), reported);
    } catch (RuntimeException thrown) {
      reported.fail(thrown);
      return new ServerCall.Listener<>() {};
    }
  }

  /** Knows whether it is closed, and tells the log why. */
  private static final class ReportedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private volatile boolean closed;

    ReportedCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed = true;
      if (!status.isOk()) {
        FailureLog.log(getMethodDescriptor().getFullMethodName(), status);
      }
      super.close(status, trailers);
    }

    void fail(RuntimeException thrown) {
      if (closed) {
        FailureLog.afterEnd(getMethodDescriptor().getFullMethodName(), thrown);
        return;
      }
      var failure =
          thrown instanceof StatusRuntimeException status
              ? status
              : StatusMapping.toException(StatusMapping.failure(thrown));
      var trailers = failure.getTrailers();
      close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  /** Turns what a handler throws into the end of its call. */
  private static final class GuardedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final ReportedCall<Q, A> call;

    GuardedListener(ServerCall.Listener<Q> listener, ReportedCall<Q, A> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guarded(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    private void guarded(Runnable event) {
      try {
        event.run();
      } catch (RuntimeException thrown) {
        call.fail(thrown);
      }
    }
  }
}
