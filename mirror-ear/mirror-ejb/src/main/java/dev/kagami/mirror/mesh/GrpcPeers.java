package dev.kagami.mirror.mesh;

import dev.kagami.api.v1.MembershipsGrpc;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteCalls;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.Channel;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.mirror.MirrorGrpc;

/** Peers over the network. Thread-safe. */
public final class GrpcPeers implements Peers {
  private final ChannelPool pool;
  private final MeshSecret secret;
  private final InstantSource clock;

  public GrpcPeers(ChannelPool pool, MeshSecret secret, InstantSource clock) {
    this.pool = pool;
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public Peer at(Address address) {
    return new GrpcPeer(address, pool.channel(address));
  }

  @Override
  public void release(Address address) {
    pool.release(address);
  }

  private final class GrpcPeer implements Peer {
    private final Channel channel;
    private final RemoteNode node;
    private final RemoteCalls calls;

    GrpcPeer(Address address, Channel channel) {
      this.channel = channel;
      this.node = new RemoteNode(channel, address.toString(), secret, clock);
      this.calls = new RemoteCalls(channel, address.toString(), secret, clock);
    }

    @Override
    public CompletionStage<Description> describe(CallContext context) {
      return node.describe(context);
    }

    @Override
    public CompletionStage<Stamp> clock(Stamp mine, CallContext context) {
      return node.clock(mine, context);
    }

    @Override
    public CompletionStage<List<Announced>> register(List<Address> connected, CallContext context) {
      return calls.ask(
          MirrorGrpc.getRegisterMethod(),
          MeshMessages.targets(connected),
          context,
          RemoteNode.DEFAULT_LIMIT,
          MeshMessages::announced);
    }

    @Override
    public CompletionStage<List<Membership>> memberships(
        List<Membership> mine, CallContext context) {
      return calls.ask(
          MembershipsGrpc.getExchangeMethod(),
          MeshMessages.request(mine),
          context,
          RemoteNode.DEFAULT_LIMIT,
          answer -> MeshMessages.memberships(answer.getMembershipsList()));
    }

    @Override
    public VectorStore store(String name) {
      return new RemoteVectorStore(channel, name, secret, clock);
    }
  }
}
