package dev.kagami.transport.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One call on behalf of an HTTP request, which has no deadline of its own. */
final class RestCall extends ClientCall.Listener<Message> {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration UPKEEP_LIMIT = Duration.ofMinutes(10);
  private static final String UPKEEP = "core.v1.Agent";
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private final MethodDescriptor<Message, Message> rpc;
  private final CompletableFuture<RestReply> reply = new CompletableFuture<>();
  private final Map<String, String> headers = new HashMap<>();
  private Optional<Message> answer = Optional.empty();

  RestCall(MethodDescriptor<Message, Message> rpc) {
    this.rpc = rpc;
  }

  CompletionStage<RestReply> start(Channel channel, Metadata metadata, Message request) {
    var limit = UPKEEP.equals(rpc.getServiceName()) ? UPKEEP_LIMIT : LIMIT;
    var call =
        channel.newCall(
            rpc, CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS));
    call.start(this, metadata);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    return reply;
  }

  @Override
  public void onHeaders(Metadata metadata) {
    RestMetadata.addTo(headers, metadata);
  }

  @Override
  public void onMessage(Message message) {
    answer = Optional.of(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    RestMetadata.addTo(headers, trailers);
    if (status.isOk() && answer.isPresent()) {
      reply.complete(json(answer.get()).with(headers));
    } else {
      reply.complete(Problem.of(new StatusRuntimeException(status, trailers)).with(headers));
    }
  }

  private static RestReply json(Message message) {
    try {
      return new RestReply(200, RestReply.JSON, JSON.print(message), Map.of());
    } catch (InvalidProtocolBufferException e) {
      // Only an Any of an unknown type cannot be printed.
      return Problem.of(500, "the answer has no JSON form: " + e.getMessage());
    }
  }
}
