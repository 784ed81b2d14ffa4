package dev.kagami.mirror.console;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.mirror.catchup.CatchUp;
import dev.kagami.mirror.console.SiteView.JournalView;
import dev.kagami.mirror.mesh.Announced;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTarget;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.OwnCluster;
import dev.kagami.mirror.mesh.Standing;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.mesh.TargetStatus;
import dev.kagami.mirror.verification.Rounds;
import dev.kagami.mirror.verification.Verification;
import dev.kagami.mirror.verification.Verifier;
import dev.kagami.transport.client.Address;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What operators see and do; the admin REST and the console call the same methods. None waits for a
 * peer: what is seen is what this process knows already, what is done is done when the database has
 * it. Thread-safe.
 */
public final class MirrorOperations {
  private static final Comparator<TargetView> BY_ADDRESS =
      Comparator.comparing(view -> view.address().toString());

  private final Address gateway;
  private final MirrorMesh mesh;
  private final OwnCluster cluster;
  private final Upkeep upkeep;

  /**
   * What keeps targets the same; asking it does not block.
   *
   * @param journal what is in it at that instant
   */
  public record Upkeep(
      Supplier<JournalView> journal, CatchUp catchUp, Verifier verifier, Rounds rounds) {}

  public MirrorOperations(Address gateway, MirrorMesh mesh, OwnCluster cluster, Upkeep upkeep) {
    this.gateway = gateway;
    this.mesh = mesh;
    this.cluster = cluster;
    this.upkeep = upkeep;
  }

  /** All addresses that anybody has a word about, removed ones included, by address. */
  public List<TargetView> targets() {
    var statuses =
        mesh.statuses().stream()
            .collect(Collectors.toMap(TargetStatus::address, Function.identity()));
    return mesh.wishes().stream()
        .collect(Collectors.groupingBy(MirrorTarget::address))
        .entrySet()
        .stream()
        .map(each -> view(each.getValue(), Optional.ofNullable(statuses.get(each.getKey()))))
        .sorted(BY_ADDRESS)
        .toList();
  }

  /**
   * Adds a target, or takes back that it was removed; twice equals once.
   *
   * @throws InvalidArgument if there can be no target
   * @throws ResourceExhausted if too many are known
   */
  public TargetView add(String host, int port) {
    return target(mesh.add(new Announced(host, port)));
  }

  /**
   * Removes a site, whoever wants it, until an operator adds it again: it leaves the mesh, at every
   * other site and at itself as soon as they are heard of. An address is only used no more, by this
   * site; another of the same site takes its place.
   *
   * @param word the name of a site, or an address
   * @throws InvalidArgument if it is neither
   * @throws NotFound if nobody wants it
   */
  public void remove(String word) {
    siteNamed(word).ifPresentOrElse(mesh::remove, () -> mesh.drop(address(word)));
  }

  /**
   * Holds a target until {@link Desired#PRESENT} is said of it: {@link Desired#PAUSED} is not
   * brought what it misses, {@link Desired#OFFLINE} is sent no writes either and is brought what it
   * missed when it is let go.
   *
   * @param wish not {@link Desired#REMOVED}
   * @throws NotFound if nobody wants it
   */
  public TargetView hold(Address target, Desired wish) {
    mesh.hold(target, wish);
    return target(target);
  }

  /**
   * Begins to compare a target with the own site, unless that is under way.
   *
   * @throws NotFound if it is no target that was ever reached
   */
  public Verification verify(Address target) {
    return upkeep.verifier().begin(site(target));
  }

  /**
   * How the comparison stands that was begun last.
   *
   * @throws NotFound if none was
   */
  public Verification verification(Address target) {
    return upkeep
        .verifier()
        .last(site(target))
        .orElseThrow(() -> new NotFound("target " + target + " was not compared yet"));
  }

  /**
   * Offers a target everything once more, and brings it what it lacks; removes nothing.
   *
   * @throws NotFound if it is no target that was ever reached
   */
  public TargetView repair(Address target) {
    upkeep.catchUp().startOver(site(target));
    return target(target);
  }

  private String site(Address target) {
    return target(target)
        .site()
        .orElseThrow(() -> new NotFound("target " + target + " was never reached"));
  }

  /**
   * The target that an operator means.
   *
   * @param word its address, or the name of its site
   * @throws InvalidArgument if it is neither
   */
  public Address named(String word) {
    return siteNamed(word).orElseGet(() -> address(word));
  }

  private Optional<Address> siteNamed(String word) {
    return targets().stream()
        .filter(target -> target.site().filter(word::equals).isPresent())
        .map(TargetView::address)
        .findFirst();
  }

  private static Address address(String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("target", e.getMessage() + ", nor is it the name of a known site");
    }
  }

  public SiteView site() {
    var own = mesh.own().identity();
    return new SiteView(
        own.site(),
        own.name(),
        own.address(),
        own.space(),
        new SiteView.GatewayView(gateway, cluster.isReady(), cluster.reason()),
        upkeep.journal().get());
  }

  private TargetView target(Address address) {
    return targets().stream()
        .filter(view -> view.address().equals(address))
        .findFirst()
        .orElseThrow(() -> new NotFound("target " + address + " was removed meanwhile"));
  }

  private TargetView view(List<MirrorTarget> wishes, Optional<TargetStatus> status) {
    var sources = wishes.stream().map(MirrorTarget::source).sorted().toList();
    var refusal = wishes.stream().filter(MirrorTarget::isRefused).findFirst();
    return refusal
        .map(wish -> refused(wish, sources))
        .or(() -> status.map(seen -> seen(seen, sources, desired(wishes))))
        .orElseGet(() -> unseen(wishes.getFirst(), sources));
  }

  private static Desired desired(List<MirrorTarget> wishes) {
    return wishes.stream()
        .map(MirrorTarget::desired)
        .filter(Desired::isHeld)
        .findFirst()
        .orElse(Desired.PRESENT);
  }

  private TargetView refused(MirrorTarget wish, List<Source> sources) {
    return new TargetView(
        wish.address(),
        Optional.empty(),
        sources,
        wish.desired(),
        Standing.REDUNDANT,
        TargetPhase.DISCONNECTED,
        why(wish),
        wish.since(),
        Optional.empty(),
        VerificationView.NONE);
  }

  private String why(MirrorTarget refusal) {
    if (refusal.desired() == Desired.UNUSED) {
      return "not used here, as an operator said; add it to use it again";
    }
    return refusal.address().equals(mesh.own().identity().address())
        ? "this site was removed from the mesh by an operator; add a target to bring it back"
        : "removed by an operator; add it to bring it back";
  }

  private TargetView seen(TargetStatus status, List<Source> sources, Desired desired) {
    return new TargetView(
        status.address(),
        status.site().map(site -> site.name()),
        sources,
        desired,
        status.standing(),
        status.phase(),
        status.reason(),
        status.since(),
        status.site().flatMap(site -> upkeep.catchUp().progress(site.name())),
        status.site().map(site -> verificationOf(site.name())).orElse(VerificationView.NONE));
  }

  private VerificationView verificationOf(String site) {
    return new VerificationView(upkeep.verifier().result(site), upkeep.rounds().obstacle(site));
  }

  /** Wanted but not called: the own address, or one that was added this instant. */
  private TargetView unseen(MirrorTarget wish, List<Source> sources) {
    return new TargetView(
        wish.address(),
        Optional.empty(),
        sources,
        Desired.PRESENT,
        wish.address().equals(mesh.own().identity().address())
            ? Standing.REDUNDANT
            : Standing.MEMBER,
        TargetPhase.UNKNOWN,
        mesh.now().isRemoved()
            ? "not called: this site was removed from the mesh by an operator"
            : "not called: it is this mirror's own address, or was added this instant",
        wish.since(),
        Optional.empty(),
        VerificationView.NONE);
  }
}
