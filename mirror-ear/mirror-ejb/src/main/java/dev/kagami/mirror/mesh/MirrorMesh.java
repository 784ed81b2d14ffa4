package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.transport.client.Address;
import io.grpc.BindableService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The mesh as this mirror sees it, from the first look at the stored targets until the process
 * ends. Thread-safe.
 */
public final class MirrorMesh implements Witness {
  private final MeshSettings settings;
  private final TargetRegistry registry;
  private final Links links;
  private final Registration registration;
  private final Memberships memberships;
  private final MeshMaintainer maintainer;

  /**
   * @param dues what has to be told to a target before it is connected
   * @param blocking runs what blocks on the database
   */
  public MirrorMesh(
      MeshSettings settings,
      MirrorTargetRepository repository,
      Peers peers,
      Dues dues,
      Scheduler scheduler,
      Executor blocking) {
    this.settings = settings;
    var own = settings.own();
    var pace = settings.pace();
    this.links = new Links(peers, settings.health(), scheduler);
    this.registry =
        new TargetRegistry(repository, links, own.address(), settings.sources(), scheduler);
    var announcements = new Announcements(own.address(), settings.rules());
    this.registration = new Registration(own, announcements, registry, links, blocking);
    this.memberships = new Memberships(registry, scheduler, blocking);
    var timing = new Visit.Timing(scheduler, pace.callLimit(), blocking);
    this.maintainer =
        new MeshMaintainer(
            registry,
            links,
            new Visit(own, links, registry, memberships, announcements, dues, timing),
            scheduler,
            blocking,
            pace.period());
  }

  /** Reads the stored targets; blocks on the database. To be done before anything else. */
  public void load() {
    registry.reconcile();
  }

  /** Begins to call the targets. */
  public void start() {
    maintainer.start();
  }

  /** Begins no more rounds. */
  public void stop() {
    maintainer.stop();
  }

  /** The targets at this instant. */
  public Mesh now() {
    return links.mesh();
  }

  @Override
  public void wrote(String target, Optional<ValdException> failure) {
    links.wrote(target, failure);
  }

  /** Who this process is. */
  public OwnNode own() {
    return settings.own();
  }

  Registration registration() {
    return registration;
  }

  Memberships memberships() {
    return memberships;
  }

  /** {@code mirror.v1.Mirror} and the like, for the port where peers call. */
  public List<BindableService> services() {
    return List.of(new RegisterGrpcService(registration), new MembershipsGrpcService(memberships));
  }

  /** What each source wants, as last read. */
  public List<MirrorTarget> wishes() {
    return registry.rows().stream().filter(row -> row.isWish() || row.isRefused()).toList();
  }

  /** What is known of each wanted address, also of those that are no target after all. */
  public List<TargetStatus> statuses() {
    return links.statuses();
  }

  /**
   * An operator wants a target, which takes back that it was removed, or this site was, at whatever
   * site. Blocks on the database, on no peer.
   *
   * @throws ValdException.InvalidArgument if there can be no target
   * @throws ValdException.ResourceExhausted if too many are known
   */
  public Address add(Announced target) {
    var address = settings.rules().check(target.host(), target.port(), "target");
    if (address.equals(own().address())) {
      throw new ValdException.InvalidArgument("target", address + " is this mirror itself");
    }
    registry.add(address);
    return address;
  }

  /**
   * An operator holds a target, or lets go of it. Blocks on the database, on no peer.
   *
   * @param wish not {@link Desired#REMOVED}; {@link Desired#PRESENT} lets go
   * @throws ValdException.NotFound if nobody wants it
   */
  public void hold(Address address, Desired wish) {
    registry.hold(address, wish);
  }

  /**
   * An operator wants a target no more, whoever else does: its site leaves the mesh, here at once,
   * and elsewhere as soon as it is heard of there. Blocks on the database, on no peer.
   *
   * @throws ValdException.NotFound if nobody wants it
   */
  public void remove(Address address) {
    registry.remove(address);
  }

  /**
   * An operator does not want this address to be used here, whoever else does; another address of
   * the same site takes its place, if there is one. Blocks on the database, on no peer.
   *
   * @throws ValdException.NotFound if nobody wants it
   */
  public void drop(Address address) {
    registry.drop(address);
  }
}
