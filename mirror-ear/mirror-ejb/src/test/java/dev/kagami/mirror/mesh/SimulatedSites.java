package dev.kagami.mirror.mesh;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.AddressRules.Loopback;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Mirrors of several sites in one thread and virtual time, calling each other through a network
 * that can lose a site or leave it hanging.
 */
public final class SimulatedSites {
  static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);
  static final HealthLimits LIMITS = new HealthLimits(3, Duration.ofSeconds(2));

  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<Address, MirrorMesh> processes = new HashMap<>();
  private final Map<Address, Address> aliases = new HashMap<>();
  private final Map<Address, List<Announced>> announcing = new HashMap<>();
  private final Set<Address> gone = new HashSet<>();
  private final Set<Address> hanging = new HashSet<>();
  private final Set<String> owed = new HashSet<>();
  private final List<String> dues = new ArrayList<>();
  private CompletableFuture<Void> bringing = CompletableFuture.completedFuture(null);

  /** How a site is set up, where it is not like all others. */
  record Setup(
      String name, int number, VectorSpace space, InstantSource wall, Set<Address> targets) {}

  /** The address of the mirror of site {@code name}. */
  public static Address at(String name) {
    return new Address("mirror." + name.toLowerCase(Locale.ROOT) + ".example", 8081);
  }

  /** The members of a mesh by name. */
  static Map<String, TargetPhase> phases(MirrorMesh mesh) {
    return mesh.now().members().stream()
        .collect(Collectors.toMap(Mesh.Member::name, Mesh.Member::phase));
  }

  /** Members by name as they are when all is well. */
  static Map<String, TargetPhase> allConnected(String... names) {
    return Arrays.stream(names).collect(Collectors.toMap(name -> name, _ -> TargetPhase.CONNECTED));
  }

  /** A site whose clock is right. */
  Setup setup(String name, int number, VectorSpace space, Address... targets) {
    return new Setup(name, number, space, clockOff(Duration.ZERO), Set.of(targets));
  }

  public MirrorMesh start(String name, int number, Address... targets) {
    return start(
        new Setup(name, number, SPACE, time, Set.of(targets)), new InMemoryTargetRepository());
  }

  /** A site whose targets are those that {@code source} tells. */
  public MirrorMesh start(String name, int number, TargetSource source) {
    return start(
        new Setup(name, number, SPACE, time, Set.of()),
        List.of(source),
        new InMemoryTargetRepository());
  }

  MirrorMesh start(Setup setup, MirrorTargetRepository repository) {
    var configured = TargetSource.configured(setup.targets(), setup.wall().instant());
    return start(setup, List.of(configured), repository);
  }

  private MirrorMesh start(
      Setup setup, List<TargetSource> sources, MirrorTargetRepository repository) {
    var clock = new HybridClock(setup.wall(), new WriterNumber(setup.number(), 1), Stamp.NONE);
    var site = new Site(setup.name(), setup.number());
    var identity = new OwnNode.Identity(site, "mirror-1", at(setup.name()), setup.space());
    var own = new OwnNode(identity, clock, setup.wall());
    var settings =
        new MeshSettings(
            own,
            sources,
            new AddressRules(Loopback.REFUSED),
            LIMITS,
            MeshSettings.Pace.EACH_SECOND);
    var local = new LocalTime(setup.wall());
    var mesh =
        new MirrorMesh(
            settings, repository, new SimulatedPeers(local), this::bringDues, local, Runnable::run);
    processes.put(own.address(), mesh);
    mesh.load();
    mesh.start();
    return mesh;
  }

  void stop(String name) {
    processes.remove(at(name)).stop();
  }

  /** The clock of all. */
  public Scheduler time() {
    return time;
  }

  public void pass(Duration duration) {
    time.advance(duration);
  }

  InstantSource clockOff(Duration by) {
    return () -> time.instant().plus(by);
  }

  void alias(Address alias, String name) {
    aliases.put(alias, at(name));
  }

  /** From now on {@code alias} leads nowhere. */
  void endAlias(Address alias) {
    aliases.remove(alias);
  }

  /** What {@code name} answers to Register from now on, instead of the truth. */
  void announce(String name, Announced... addresses) {
    announcing.put(at(name), List.of(addresses));
  }

  public void cut(String name) {
    gone.add(at(name));
  }

  void hang(String name) {
    hanging.add(at(name));
  }

  /** From now on the target owes an acknowledgement of something. */
  void owe(String target) {
    owed.add(target);
  }

  /** From now on it does not. */
  void acknowledge(String target) {
    owed.remove(target);
  }

  /** To whom all that was owed was brought, in order. */
  List<String> dues() {
    return List.copyOf(dues);
  }

  private CompletionStage<Boolean> bringDues(String target) {
    dues.add(target);
    return bringing.thenApply(_ -> !owed.contains(target));
  }

  /** From now on bringing what is owed takes until {@link #releaseDues}. */
  void holdDues() {
    bringing = new CompletableFuture<>();
  }

  void releaseDues() {
    bringing.complete(null);
  }

  void heal(String name) {
    gone.remove(at(name));
    hanging.remove(at(name));
  }

  /** The timers that all sites share, beside the wall clock of one. */
  private final class LocalTime implements Scheduler {
    private final InstantSource wall;

    LocalTime(InstantSource wall) {
      this.wall = wall;
    }

    @Override
    public Instant instant() {
      return wall.instant();
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      return time.after(delay, task);
    }
  }

  private final class SimulatedPeers implements Peers {
    private final Scheduler local;

    SimulatedPeers(Scheduler local) {
      this.local = local;
    }

    @Override
    public Peer at(Address address) {
      return new SimulatedPeer(address, local);
    }

    @Override
    public void release(Address address) {}
  }

  private final class SimulatedPeer implements Peer {
    private final Address dialled;
    private final Address address;
    private final Scheduler local;

    SimulatedPeer(Address dialled, Scheduler local) {
      this.dialled = dialled;
      this.local = local;
      this.address = aliases.getOrDefault(dialled, dialled);
    }

    @Override
    public CompletionStage<Description> describe(CallContext context) {
      return call(context, process -> process.own().describe(context));
    }

    @Override
    public CompletionStage<Stamp> clock(Stamp mine, CallContext context) {
      return call(context, process -> process.own().exchangeClocks(mine));
    }

    @Override
    public CompletionStage<List<Announced>> register(List<Address> connected, CallContext context) {
      var told = connected.stream().map(SimulatedSites::announced).toList();
      return call(context, process -> process.registration().register(told))
          .thenApply(known -> known.stream().map(SimulatedSites::announced).toList())
          .thenApply(known -> announcing.getOrDefault(address, known));
    }

    @Override
    public CompletionStage<List<Membership>> memberships(
        List<Membership> mine, CallContext context) {
      return call(context, process -> process.memberships().exchange(mine));
    }

    @Override
    public VectorStore store(String name) {
      return new InMemoryVectorStore(name, SPACE, new WriterNumber(15, 0), local);
    }

    private <R> CompletionStage<R> call(
        CallContext context, Function<MirrorMesh, CompletionStage<R>> call) {
      if (hanging.contains(address)) {
        return silence(context);
      }
      return Optional.ofNullable(processes.get(address))
          .filter(_ -> !gone.contains(address))
          .map(call)
          .orElseGet(() -> CompletableFuture.failedStage(new Unavailable(dialled + " is gone")));
    }

    private <R> CompletionStage<R> silence(CallContext context) {
      var answer = new CompletableFuture<R>();
      local.after(
          Duration.between(local.instant(), context.deadline()),
          () -> answer.completeExceptionally(new DeadlineExceeded(dialled + ": no answer")));
      return answer;
    }
  }

  private static Announced announced(Address address) {
    return new Announced(address.host(), address.port());
  }
}
