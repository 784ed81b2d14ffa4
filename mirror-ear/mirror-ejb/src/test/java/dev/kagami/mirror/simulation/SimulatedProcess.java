package dev.kagami.mirror.simulation;

import dev.kagami.core.catchup.Pace;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.catchup.CatchUp;
import dev.kagami.mirror.catchup.EverythingMissed;
import dev.kagami.mirror.catchup.PositionRepository;
import dev.kagami.mirror.catchup.Retention;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal.Item;
import dev.kagami.mirror.compensation.Means;
import dev.kagami.mirror.compensation.Patience;
import dev.kagami.mirror.compensation.Sites;
import dev.kagami.mirror.mesh.AddressRules;
import dev.kagami.mirror.mesh.Dues;
import dev.kagami.mirror.mesh.HealthLimits;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.MeshSettings;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTargetRepository;
import dev.kagami.mirror.mesh.OwnNode;
import dev.kagami.mirror.mesh.Peers;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.mesh.TargetSource;
import dev.kagami.mirror.replication.Fuse;
import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.replication.Origin;
import dev.kagami.mirror.replication.Variant;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** One life of a site's mirror process: the parts of a real one, put together alike. */
final class SimulatedProcess {
  static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private static final String OWN_CLUSTER = "own cluster";
  private static final Duration FSYNC = Duration.ofMillis(2);
  private static final HealthLimits LIMITS = new HealthLimits(3, Duration.ofSeconds(2));

  private final Fuse fuse;
  private final InMemoryCompensationJournal journal;
  private final MirrorMesh mesh;

  /** Few, so that many are left to the loop. */
  private static final int UNDOS = 3;

  private final Origin origin;
  private final VectorStore store;
  private final CatchUp catchUp;
  private final Optional<Retention> retention;
  private final Dues dues;

  /** Who it is and what it finds; without terms nothing is forgotten. */
  record Home(
      Site site,
      Mode mode,
      Address address,
      Set<Address> targets,
      MirrorTargetRepository database,
      PositionRepository positions,
      List<Item> disk,
      Optional<Retention.Terms> memory) {}

  /**
   * What lies between it and the world.
   *
   * @param watched looks on when targets are brought what they missed
   */
  record Surroundings(
      Scheduler time,
      Fuse fuse,
      Peers peers,
      VectorStore cluster,
      UnaryOperator<Dues> watched,
      long seed) {}

  SimulatedProcess(Home home, Surroundings around, Variant variant) {
    this.fuse = around.fuse();
    var timers = fuse.timers(around.time());
    this.journal = new InMemoryCompensationJournal(timers, FSYNC, fuse::run, home.disk());
    var seen = variant.journal(journal);
    var writer = new WriterNumber(home.site().number(), WriterNumber.FIRST_MIRROR);
    var clock = new HybridClock(timers, writer, seen.contents().bound());
    var identity = new OwnNode.Identity(home.site(), "mirror-1", home.address(), SPACE);
    var settings =
        new MeshSettings(
            new OwnNode(identity, clock, timers),
            List.of(TargetSource.configured(home.targets(), timers.instant())),
            new AddressRules(AddressRules.Loopback.REFUSED),
            LIMITS,
            MeshSettings.Pace.EACH_SECOND);
    this.mesh =
        new MirrorMesh(
            settings, home.database(), around.peers(), this::bringDues, timers, Runnable::run);
    mesh.load();
    this.origin =
        new Origin(
            new Sites(
                new Mesh.Member(OWN_CLUSTER, TargetPhase.CONNECTED, around.cluster()),
                mesh::now,
                mesh),
            home.mode(),
            seen,
            clock,
            new Means(timers, new Random(around.seed()), Patience.DEFAULT.remembering(UNDOS)));
    this.store = new CheckedVectorStore(origin.store(), SPACE, timers);
    this.catchUp =
        new CatchUp(
            around.cluster(),
            mesh::now,
            new CatchUp.Keeping(home.positions(), identity.name(), Runnable::run),
            timers,
            Pace.DEFAULT);
    catchUp.load();
    this.retention =
        home.memory()
            .map(terms ->
                new Retention(
                    around.cluster(), mesh::now, catchUp, origin::isJudged, timers, terms));
    this.dues =
        around.watched().apply(variant.dues(new EverythingMissed(origin.compensator(), catchUp)));
  }

  private CompletionStage<Boolean> bringDues(String target) {
    return dues.bringTo(target);
  }

  void start() {
    mesh.start();
    origin.start();
    catchUp.start();
    retention.ifPresent(Retention::start);
  }

  Origin origin() {
    return origin;
  }

  MirrorMesh mesh() {
    return mesh;
  }

  VectorStore store() {
    return store;
  }

  Fuse fuse() {
    return fuse;
  }

  InMemoryCompensationJournal journal() {
    return journal;
  }
}
