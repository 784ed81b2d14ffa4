package dev.kagami.mirror.simulation;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.mesh.Announced;
import dev.kagami.mirror.mesh.Membership;
import dev.kagami.mirror.mesh.MeshDoor;
import dev.kagami.mirror.mesh.MeshSettings;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.Peer;
import dev.kagami.mirror.mesh.Peers;
import dev.kagami.mirror.replication.Fuse;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The other sites' processes, as the mesh of one process reaches them. */
final class SimulatedPeers implements Peers {
  private static final Duration LIMIT = MeshSettings.Pace.EACH_SECOND.callLimit();

  private final Function<Address, SimulatedSite> sites;
  private final Network network;
  private final String home;
  private final Fuse sender;
  private final UnaryOperator<VectorStore> bend;

  /**
   * @param bend lies between the process and each store
   */
  SimulatedPeers(
      Function<Address, SimulatedSite> sites,
      Network network,
      String home,
      Fuse sender,
      UnaryOperator<VectorStore> bend) {
    this.bend = bend;
    this.sites = sites;
    this.network = network;
    this.home = home;
    this.sender = sender;
  }

  @Override
  public Peer at(Address address) {
    var site = sites.apply(address);
    return new SimulatedPeer(site, new Passage.Route(network, home, site.name(), sender), bend);
  }

  @Override
  public void release(Address address) {}

  private record SimulatedPeer(
      SimulatedSite site, Passage.Route route, UnaryOperator<VectorStore> bend) implements Peer {
    @Override
    public CompletionStage<Description> describe(CallContext context) {
      return ask(mesh -> mesh.own().describe(context));
    }

    @Override
    public CompletionStage<Stamp> clock(Stamp mine, CallContext context) {
      return ask(mesh -> MeshDoor.clock(mesh, mine));
    }

    @Override
    public CompletionStage<List<Announced>> register(List<Address> connected, CallContext context) {
      return ask(mesh -> MeshDoor.register(mesh, connected));
    }

    @Override
    public CompletionStage<List<Membership>> memberships(
        List<Membership> mine, CallContext context) {
      return ask(mesh -> MeshDoor.memberships(mesh, mine));
    }

    @Override
    public VectorStore store(String name) {
      return bend.apply(new Passage(route, () -> site.process().map(SimulatedProcess::store)));
    }

    private <R> CompletionStage<R> ask(Function<MirrorMesh, CompletionStage<R>> question) {
      return route.askWithin(LIMIT, () -> site.process().map(SimulatedProcess::mesh), question);
    }
  }
}
