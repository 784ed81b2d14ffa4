package dev.kagami.mirror;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.mirror.catchup.InMemoryPositionRepository;
import dev.kagami.mirror.console.TargetView;
import dev.kagami.mirror.mesh.MirrorTargetRepository;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A site in this process: a mirror and its gateway on real ports, the vectors in memory. Closed
 * twice equals once.
 */
final class TestSite implements AutoCloseable {
  private final MirrorConfiguration configuration;
  private final ScriptedVectorStore door;
  private final ValdServer gateway;
  private final MirrorProcess process;
  private final ValdServer server;

  TestSite(
      MirrorConfiguration configuration,
      MirrorTargetRepository repository,
      Scheduler scheduler,
      Executor blocking,
      Consumer<ScriptedVectorStore> script) {
    this.configuration = configuration;
    var identity = configuration.identity();
    var secret = MeshSecret.read(configuration.files().secret());
    var site = identity.site();
    var store =
        new InMemoryVectorStore(
            "agents of " + site.name(),
            identity.space(),
            new WriterNumber(site.number(), WriterNumber.FIRST_GATEWAY),
            scheduler);
    this.door = new ScriptedVectorStore(store);
    script.accept(door);
    var description =
        new Description(
            Node.Role.GATEWAY, site.name(), site.number(), "gateway", identity.space(), Stamp.NONE);
    this.gateway =
        new ValdServer(
            settings(configuration.gateway(), Node.Role.GATEWAY, secret, scheduler),
            ValdServices.gateway(door, new FixedNode(description)));
    this.process =
        new MirrorProcess(
            configuration,
            new MirrorProcess.Database(repository, new InMemoryPositionRepository(), blocking),
            scheduler);
    this.server =
        new ValdServer(
            settings(configuration.listen(), Node.Role.MIRROR, secret, scheduler),
            process.services());
    process.watchReadiness(server::serving);
    process.start();
  }

  private static ServerSettings settings(
      Address listen, Node.Role role, MeshSecret secret, Scheduler scheduler) {
    return new ServerSettings(listen.host(), listen.port(), role, secret, scheduler);
  }

  MirrorConfiguration configuration() {
    return configuration;
  }

  MirrorProcess process() {
    return process;
  }

  /** Where everything passes that the gateway is asked. */
  ScriptedVectorStore door() {
    return door;
  }

  ValdServer gateway() {
    return gateway;
  }

  Address address() {
    return configuration.identity().address();
  }

  List<TargetView> targets() {
    return process.operations().targets();
  }

  /** Whether its targets are these sites, all connected. */
  boolean isConnectedTo(String... sites) {
    var connected =
        targets().stream()
            .filter(target -> target.phase() == TargetPhase.CONNECTED)
            .flatMap(target -> target.site().stream())
            .collect(Collectors.toSet());
    return targets().size() == sites.length && connected.equals(Set.of(sites));
  }

  @Override
  public void close() {
    server.close();
    process.close();
    gateway.close();
  }
}
