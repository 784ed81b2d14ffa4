package dev.kagami.gateway;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.gateway.discovery.AgentSource;
import dev.kagami.gateway.discovery.Connector;
import dev.kagami.gateway.discovery.Discovery;
import dev.kagami.gateway.discovery.Roster;
import dev.kagami.gateway.discovery.ServedDiscoverer;
import dev.kagami.gateway.filter.GrpcVectorFilters;
import dev.kagami.gateway.indexing.IndexedAgent;
import dev.kagami.gateway.indexing.Indexing;
import dev.kagami.gateway.indexing.RemoteIndexedAgent;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus;
import dev.kagami.gateway.placement.BalancedVectorStore;
import dev.kagami.gateway.placement.CorrectionStatus;
import dev.kagami.gateway.placement.OwnNumber;
import dev.kagami.gateway.placement.Placement;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.grpc.InProcessServer;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import dev.kagami.transport.rest.Transcoder;
import io.grpc.BindableService;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All parts of a gateway, put together. Life cycle: made, {@link #start started} once, {@link
 * #close closed} once. Thread-safe.
 */
final class Gateway implements AutoCloseable {
  private static final Duration NUMBER_CHECK = Duration.ofSeconds(1);

  private final GatewayConfiguration configuration;
  private final Scheduler scheduler;
  private final MeshSecret secret;
  private final ChannelPool channels = new ChannelPool(this::connectionBroke);
  private final AgentPool agents;
  private final OwnNumber number;
  private final Roster roster;
  private final AgentSource source;
  private final ServedDiscoverer served;
  private final BalancedVectorStore balanced;
  private final Indexing indexing;
  private final List<BindableService> services;
  private final InProcessServer inProcess;

  // Set once, by start.
  private volatile Optional<ValdServer> server = Optional.empty();
  private volatile boolean closed;

  /**
   * @param blocking runs what may block, such as asking the name system
   * @param watcher is told of the first word of each agent and of each change of its state, with
   *     the status before
   */
  Gateway(
      GatewayConfiguration configuration,
      Scheduler scheduler,
      Executor blocking,
      BiConsumer<Agent, AgentStatus> watcher) {
    this.configuration = configuration;
    this.scheduler = scheduler;
    this.secret = MeshSecret.read(configuration.secretFile());
    var cluster = configuration.cluster();
    var discovery = configuration.discovery();
    int replicas = configuration.replicas();
    boolean standIns = configuration.placement() == Placement.WIDE;
    this.agents =
        new AgentPool(leastAgents(), standIns ? replicas - 1 : 0, cluster, scheduler, watcher);
    this.roster = new Roster(agents, new Connections(), scheduler);
    this.source = discovery.source(channels, scheduler, blocking);
    this.number = number(new SecureRandom());
    this.balanced =
        standIns
            ? BalancedVectorStore.overChanging(
                agents, replicas, number, configuration.correction(), scheduler)
            : new BalancedVectorStore(agents, replicas, number, scheduler);
    this.indexing =
        new Indexing(configuration.indexing(), this::indexed, number::isFirst, scheduler);
    var checked = new CheckedVectorStore(balanced, cluster.space(), scheduler);
    var filters = new GrpcVectorFilters(configuration.filters(), channels, scheduler);
    this.served =
        new ServedDiscoverer(
            configuration.servedNames(), agents, roster, cluster.space(), scheduler);
    this.services =
        Stream.concat(
                ValdServices.gateway(checked, node(), filters).stream(),
                Stream.of(served.service()))
            .toList();
    this.inProcess = new InProcessServer(services, Node.Role.GATEWAY, secret, scheduler);
  }

  /** By its name a gateway that is started anew finds its own number again. */
  private OwnNumber number(SecureRandom random) {
    int site = configuration.cluster().siteNumber();
    int usual = Math.floorMod(configuration.name().hashCode(), WriterNumber.GATEWAYS);
    int first = WriterNumber.FIRST_GATEWAY + configuration.number().orElse(usual);
    var claim =
        new WriterClaim(new WriterNumber(site, first), random.nextLong(), configuration.name());
    return configuration.number().isPresent()
        ? OwnNumber.given(agents, claim, scheduler)
        : OwnNumber.chosen(agents, claim, random, scheduler);
  }

  /** Before calls reach another process there: it may be one that knows less. */
  private void connectionBroke(Address address) {
    agents.agents().stream()
        .filter(agent -> agent.address().equals(address.toString()))
        .forEach(agent -> agents.suspect(agent, "its connection broke"));
  }

  private List<IndexedAgent> indexed() {
    var settings = configuration.indexing();
    var others = settings.others().stream().map(address -> indexed(address.toString(), address));
    var own =
        agents.agents().stream()
            .flatMap(agent ->
                roster.sighting(agent.name()).stream()
                    .map(sighting -> indexed(agent.name(), sighting.address())));
    return (settings.own() ? Stream.concat(own, others) : others).toList();
  }

  private IndexedAgent indexed(String name, Address address) {
    return new RemoteIndexedAgent(name, channels.channel(address));
  }

  private int leastAgents() {
    return configuration.discovery() instanceof Discovery.Listed(var listed)
        ? listed.size()
        : configuration.replicas();
  }

  /** Its address is what its stubs call it, since its name stands before that in every message. */
  private final class Connections implements Connector {
    @Override
    public Agent.Connection connect(Address address) {
      var name = address.toString();
      var channel = channels.channel(address);
      return new Agent.Connection(
          name,
          new RemoteVectorStore(channel, name, secret, scheduler),
          RemoteNode.claiming(number::claim, channel, name, secret, scheduler));
    }

    @Override
    public void release(Address address) {
      channels.release(address);
    }
  }

  /**
   * Opens the port and begins to look for the agents. Says SERVING, here and to gRPC health checks,
   * once every agent has been met and none knows another gateway by the same number: from then on
   * it can date writes and its searches are complete.
   */
  void start() {
    var opened = new ValdServer(serverSettings(), services);
    server = Optional.of(opened);
    agents.start();
    source.start(roster::see);
    balanced.start();
    indexing.start();
    served.start();
    agents.complete().thenRun(() -> serveOnceNumbered(opened));
  }

  private void serveOnceNumbered(ValdServer opened) {
    if (closed) {
      return;
    }
    if (number.isOurs()) {
      opened.serving(true);
    } else {
      scheduler.after(NUMBER_CHECK, () -> serveOnceNumbered(opened));
    }
  }

  private ServerSettings serverSettings() {
    var listen = configuration.listen();
    return new ServerSettings(listen.host(), listen.port(), Node.Role.GATEWAY, secret, scheduler);
  }

  /**
   * Whether every agent has been met, which stays so whatever becomes of them later, and none knows
   * another gateway by the same number.
   */
  boolean isServing() {
    return server.isPresent() && agents.wasComplete() && number.isOurs();
  }

  /** The number by which it dates writes, or why it does not. */
  String number() {
    return number.text();
  }

  /** Whether it does what one gateway of a site is enough for. */
  boolean isFirst() {
    return number.isFirst();
  }

  /** When the timers last ran. */
  Instant lastHeartbeat() {
    return balanced.lastHeartbeat();
  }

  /** The same services as on the gRPC port, for REST. */
  Transcoder transcoder() {
    return new Transcoder(inProcess.channel(), inProcess.services());
  }

  AgentPool agents() {
    return agents;
  }

  /** What the agents hold together. */
  BalancedVectorStore balanced() {
    return balanced;
  }

  /** How the copies are being evened; empty if agents neither come nor stand in. */
  Optional<CorrectionStatus> correction() {
    return balanced.correction();
  }

  /** Figures for Prometheus. */
  String metrics() {
    var states = agents.agents().stream().map(agent -> agent.status().state()).toList();
    return MetricsText.of(balanced.searches(), states, correction());
  }

  private Node node() {
    var cluster = configuration.cluster();
    return _ ->
        CompletableFuture.completedStage(
            new Node.Description(
                Node.Role.GATEWAY,
                cluster.site(),
                cluster.siteNumber(),
                configuration.name(),
                cluster.space(),
                balanced.greatestStamp()));
  }

  /** Ends the calls under way, then everything behind them. Blocks for some seconds. */
  @Override
  public void close() {
    closed = true;
    server.ifPresent(ValdServer::close);
    inProcess.close();
    source.close();
    indexing.close();
    served.close();
    balanced.close();
    agents.close();
    channels.close();
  }
}
