package dev.kagami.transport.peer;

import dev.kagami.core.error.ValdException.PermissionDenied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CallContext.Origin;
import dev.kagami.core.store.Node;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Judges who calls and gives each service the {@link CallContext} of its call.
 *
 * <ul>
 *   <li>{@code kagami.v1}: peers only; the call is forwarded.
 *   <li>At a mirror, a write of {@code vald.v1} that carries {@code forwarded-for}: peers only; the
 *       call is forwarded. {@code mirror.v1.Mirror/Register}: peers only.
 *   <li>All else: a user's call; at a mirror its metadata count. Agents and gateways ignore {@code
 *       forwarded-for}, because real mirrors send it to their own gateway; mirrors ignore it on
 *       reads, which are local anyway.
 * </ul>
 */
public final class PeerInterceptor implements ServerInterceptor {
  private static final Context.Key<CallContext> CALL =
      Context.keyWithDefault("kagami-call", CallContext.UNBOUNDED);
  private static final Metadata.Key<String> FORWARDED_FOR =
      Metadata.Key.of("forwarded-for", Metadata.ASCII_STRING_MARSHALLER);
  private static final String OWN_PACKAGE = "kagami.v1.";
  private static final String REGISTRATION = "mirror.v1.Mirror";
  private static final String FILTER = "vald.v1.Filter";
  private static final Set<String> WRITE_SERVICES =
      Set.of(
          "vald.v1.Insert", "vald.v1.Update", "vald.v1.Upsert", "vald.v1.Remove", "vald.v1.Flush");

  private final MeshSecret secret;
  private final Node.Role role;
  private final InstantSource clock;

  /**
   * Judges calls of a process.
   *
   * @param role what this process is; only a mirror judges {@code forwarded-for}
   * @param clock for turning the time that a call has left into a deadline
   */
  public PeerInterceptor(MeshSecret secret, Node.Role role, InstantSource clock) {
    this.secret = secret;
    this.role = role;
    this.clock = clock;
  }

  /** The context of the call that is being served; outside of one, a user's without deadline. */
  public static CallContext currentCall() {
    return CALL.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var method = call.getMethodDescriptor();
    boolean forPeers = isForPeers(method, headers);
    if (forPeers && !secret.matches(headers)) {
      throw StatusMapping.toException(
          new PermissionDenied(
              method.getFullMethodName()
                  + " is for processes of this mesh; kagami-mesh is "
                  + (headers.containsKey(MeshSecret.KEY) ? "wrong" : "missing")));
    }
    if (role == Node.Role.MIRROR && !forPeers) {
      var metadata = new GrpcMetadata(headers);
      return serve(
          new CallContext(deadline(), Origin.USER, metadata),
          metadata.tellingAtTheEndOf(call),
          headers,
          next);
    }
    var origin = forPeers ? Origin.PEER : Origin.USER;
    return serve(new CallContext(deadline(), origin), call, headers, next);
  }

  private static <Q, A> ServerCall.Listener<Q> serve(
      CallContext context, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return Contexts.interceptCall(Context.current().withValue(CALL, context), call, headers, next);
  }

  private boolean isForPeers(MethodDescriptor<?, ?> method, Metadata headers) {
    if (method.getServiceName().startsWith(OWN_PACKAGE)) {
      return true;
    }
    if (role != Node.Role.MIRROR) {
      return false;
    }
    return method.getServiceName().equals(REGISTRATION)
        || (isWrite(method) && isForwarded(headers));
  }

  private static boolean isWrite(MethodDescriptor<?, ?> method) {
    var service = method.getServiceName();
    return WRITE_SERVICES.contains(service)
        || (service.equals(FILTER) && !method.getBareMethodName().contains("Search"));
  }

  private static boolean isForwarded(Metadata headers) {
    var senders = headers.getAll(FORWARDED_FOR);
    if (senders == null) {
      return false;
    }
    for (var sender : senders) {
      if (!sender.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Instant deadline() {
    var deadline = Context.current().getDeadline();
    return deadline == null
        ? Instant.MAX
        : clock.instant().plusNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
  }
}
