package dev.kagami.transport.grpc;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;

/**
 * A service whose unreadable requests are refused as the client's mistake. gRPC alone ends such a
 * call with UNKNOWN, before any interceptor hears of it, because reading fails inside the
 * transport: so here reading never fails, and the failure travels in place of the message up to
 * where a call can be ended properly.
 */
final class CheckedRequests {
  private CheckedRequests() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    var methods = new ArrayList<ServerMethodDefinition<?, ?>>();
    for (var method : service.getMethods()) {
      methods.add(of(method));
    }
    var plain = service.getServiceDescriptor();
    var descriptor =
        ServiceDescriptor.newBuilder(plain.getName())
            .setSchemaDescriptor(plain.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var checked = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(checked::addMethod);
    return checked.build();
  }

  private static <Q, A> ServerMethodDefinition<Read<Q>, A> of(ServerMethodDefinition<Q, A> method) {
    var plain = method.getMethodDescriptor();
    var checked =
        plain.toBuilder(
                new ReadMarshaller<>(plain.getRequestMarshaller()), plain.getResponseMarshaller())
            .build();
    ServerCallHandler<Read<Q>, A> handler =
        (call, headers) ->
            new ReadListener<>(
                call,
                method.getServerCallHandler().startCall(new PlainCall<>(call, plain), headers));
    return ServerMethodDefinition.create(checked, handler);
  }

  /** What became of reading a request. */
  private sealed interface Read<Q> {
    record Request<Q>(Q request) implements Read<Q> {}

    record Unreadable<Q>(ValdException why) implements Read<Q> {}
  }

  private record ReadMarshaller<Q>(MethodDescriptor.Marshaller<Q> plain)
      implements MethodDescriptor.Marshaller<Read<Q>> {
    @Override
    public InputStream stream(Read<Q> value) {
      throw new UnsupportedOperationException("a server does not send requests");
    }

    @Override
    public Read<Q> parse(InputStream stream) {
      try {
        return new Read.Request<>(plain.parse(stream));
      } catch (RuntimeException thrown) {
        return new Read.Unreadable<>(why(thrown));
      }
    }

    private static ValdException why(RuntimeException thrown) {
      if (thrown instanceof StatusRuntimeException status
          && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        return new ResourceExhausted(
            "the request is larger than " + ValdServer.MAX_MESSAGE_BYTES + " bytes, decompressed");
      }
      var cause = thrown.getCause() == null ? thrown : thrown.getCause();
      return new InvalidArgument(
          "request", "the request cannot be read as its message: " + cause.getMessage());
    }
  }

  /** Hands on what could be read, and ends the call at what could not. */
  private static final class ReadListener<Q, A> extends ServerCall.Listener<Read<Q>> {
    private final ServerCall<Read<Q>, A> call;
    private final ServerCall.Listener<Q> plain;
    private boolean refused;

    ReadListener(ServerCall<Read<Q>, A> call, ServerCall.Listener<Q> plain) {
      this.call = call;
      this.plain = plain;
    }

    @Override
    public void onMessage(Read<Q> message) {
      if (refused) {
        return;
      }
      switch (message) {
        case Read.Request<Q>(var request) -> plain.onMessage(request);
        case Read.Unreadable<Q>(var why) -> refuse(StatusMapping.toException(why));
      }
    }

    private void refuse(StatusRuntimeException why) {
      refused = true;
      // so that the handler of a stream stops answering what came before
      plain.onCancel();
      call.close(why.getStatus(), why.getTrailers());
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        plain.onHalfClose();
      }
    }

    @Override
    public void onReady() {
      if (!refused) {
        plain.onReady();
      }
    }

    @Override
    public void onCancel() {
      if (!refused) {
        plain.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!refused) {
        plain.onComplete();
      }
    }
  }

  /** The call as its handler knows it. */
  private static final class PlainCall<Q, A> extends ServerCall<Q, A> {
    private final ServerCall<Read<Q>, A> call;
    private final MethodDescriptor<Q, A> method;

    PlainCall(ServerCall<Read<Q>, A> call, MethodDescriptor<Q, A> method) {
      this.call = call;
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }

    @Override
    public void request(int messages) {
      call.request(messages);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      call.sendHeaders(headers);
    }

    @Override
    public void sendMessage(A message) {
      call.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      call.close(status, trailers);
    }

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public boolean isCancelled() {
      return call.isCancelled();
    }

    @Override
    public void setCompression(String compressor) {
      call.setCompression(compressor);
    }

    @Override
    public void setMessageCompression(boolean enabled) {
      call.setMessageCompression(enabled);
    }

    @Override
    public Attributes getAttributes() {
      return call.getAttributes();
    }

    @Override
    public String getAuthority() {
      return call.getAuthority();
    }
  }
}
