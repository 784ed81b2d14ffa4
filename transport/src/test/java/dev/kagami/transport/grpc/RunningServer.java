package dev.kagami.transport.grpc;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.BindableService;
import io.grpc.Channel;
import java.time.InstantSource;
import java.util.List;

/**
 * A real server on a free loopback port, serving from construction on, and a client's channel to
 * it. Deadlines run by the wall clock, as they do on the wire.
 */
@AtTheRim("gRPC itself reads the wall clock")
public final class RunningServer implements AutoCloseable {
  /** What the server and its rightful peers know. */
  public static final MeshSecret SECRET = MeshSecret.of("the-secret-of-all-tests");

  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ChannelPool channels = new ChannelPool();
  private final ValdServer server;
  private final Address address;

  public RunningServer(Node.Role role, List<BindableService> services) {
    this.server =
        new ValdServer(
            new ServerSettings("127.0.0.1", 0, role, SECRET, InstantSource.system()), services);
    this.server.serving(true);
    this.address = new Address("127.0.0.1", server.port());
  }

  public static RunningServer agent(VectorStore store) {
    return new RunningServer(
        Node.Role.AGENT, ValdServices.agent(store, node("agent-1", Node.Role.AGENT)));
  }

  public static RunningServer gateway(VectorStore store) {
    return new RunningServer(
        Node.Role.GATEWAY, ValdServices.gateway(store, node("gateway-1", Node.Role.GATEWAY)));
  }

  public static RunningServer mirror(VectorStore store) {
    return new RunningServer(
        Node.Role.MIRROR, ValdServices.mirror(store, node("mirror-1", Node.Role.MIRROR)));
  }

  private static Node node(String name, Node.Role role) {
    return FixedNode.named(name, role, SPACE);
  }

  public Address address() {
    return address;
  }

  public ValdServer server() {
    return server;
  }

  /** A user's channel: without the secret. */
  public Channel channel() {
    return channels.channel(address);
  }

  /** The server's store as a peer sees it; {@code target} names it in messages. */
  public RemoteVectorStore store(String target) {
    return new RemoteVectorStore(channel(), target, SECRET, InstantSource.system());
  }

  /** The server as a peer sees it. */
  public RemoteNode node(String target) {
    return new RemoteNode(channel(), target, SECRET, InstantSource.system());
  }

  @Override
  public void close() {
    channels.close();
    server.close();
  }
}
