package dev.kagami.transport.rest;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers HTTP requests by calling the services behind a channel. Never fails: whatever happens
 * becomes a reply. Does not block; the reply comes on the thread that the service answers on.
 * Thread-safe.
 */
public final class Transcoder {
  /** The largest body of a request, in bytes: that of a gRPC message. */
  public static final int MAX_BODY_BYTES = 64 << 20;

  private final Channel channel;
  private final Routes routes;

  /**
   * Offers the annotated RPCs of {@code services}, all of which {@code channel} leads to.
   *
   * @throws IllegalStateException if an annotation is of a kind that Vald does not use
   */
  public Transcoder(Channel channel, Collection<ServiceDescriptor> services) {
    this.channel = channel;
    this.routes = new Routes(services);
  }

  /** The reply to {@code request}: JSON, or a problem. */
  public CompletionStage<RestReply> answer(RestRequest request) {
    try {
      var match = routes.match(request);
      if (match.route().isStream()) {
        throw new BadRestRequest(501, "streams are not offered over REST; use gRPC");
      }
      return new RestCall(match.route().rpc())
          .start(channel, RestMetadata.of(request), message(request, match));
    } catch (BadRestRequest bad) {
      return CompletableFuture.completedStage(Problem.of(bad.status(), bad.getMessage()));
    }
  }

  private static Message message(RestRequest request, Routes.Match match) {
    var message = match.route().newRequest();
    if (match.route().takesBody()) {
      if (request.body().size() > MAX_BODY_BYTES) {
        throw new BadRestRequest(413, "the body is larger than " + MAX_BODY_BYTES + " bytes");
      }
      JsonRequests.mergeBody(request, message);
    }
    JsonRequests.mergePath(match.values(), message);
    return message.build();
  }
}
