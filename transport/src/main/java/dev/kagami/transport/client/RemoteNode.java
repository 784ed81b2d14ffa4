package dev.kagami.transport.client;

import dev.kagami.api.v1.ClockRequest;
import dev.kagami.api.v1.HelloRequest;
import dev.kagami.api.v1.HelloResponse;
import dev.kagami.api.v1.NodeGrpc;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.transport.codec.NodeCodec;
import dev.kagami.transport.codec.Times;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Another process of this mesh, asked who it is. Thread-safe. */
public final class RemoteNode implements Node {
  /** How long an answer is waited for if the context has no deadline. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(5);

  private final RemoteCalls calls;
  private final String target;
  private final Supplier<HelloRequest> hello;

  /**
   * The process behind {@code channel}.
   *
   * @param target the other process's name or address, used in messages
   */
  public RemoteNode(Channel channel, String target, MeshSecret secret, InstantSource clock) {
    this(channel, target, secret, clock, HelloRequest::getDefaultInstance);
  }

  /** As the constructor, for a process that makes {@code claim} each time it asks. */
  public static RemoteNode claiming(
      Supplier<WriterClaim> claim,
      Channel channel,
      String target,
      MeshSecret secret,
      InstantSource clock) {
    return new RemoteNode(
        channel,
        target,
        secret,
        clock,
        () -> HelloRequest.newBuilder().setClaim(NodeCodec.message(claim.get())).build());
  }

  private RemoteNode(
      Channel channel,
      String target,
      MeshSecret secret,
      InstantSource clock,
      Supplier<HelloRequest> hello) {
    this.hello = hello;
    this.calls = new RemoteCalls(channel, target, secret, clock);
    this.target = target;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Fails with {@link FailedPrecondition} if the process speaks another version of the protocol.
   */
  @Override
  public CompletionStage<Description> describe(CallContext context) {
    return calls.ask(
        NodeGrpc.getHelloMethod(), hello.get(), context, DEFAULT_LIMIT, this::description);
  }

  private Description description(HelloResponse response) {
    if (response.getFormatVersion() != NodeCodec.FORMAT_VERSION) {
      throw new FailedPrecondition(
          target
              + " speaks version "
              + Integer.toUnsignedString(response.getFormatVersion())
              + " of kagami.v1, this process version "
              + NodeCodec.FORMAT_VERSION);
    }
    return NodeCodec.description(response);
  }

  /** Shows {@code mine}, the own latest stamp, and learns the other's. */
  public CompletionStage<Stamp> clock(Stamp mine, CallContext context) {
    return calls.ask(
        NodeGrpc.getClockMethod(),
        ClockRequest.newBuilder().setStamp(mine.value()).build(),
        context,
        DEFAULT_LIMIT,
        response -> Times.stamp(response.getStamp()));
  }
}
