package dev.kagami.mirror;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.kagami.core.catchup.Pace;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.mirror.catchup.CatchUp;
import dev.kagami.mirror.catchup.EverythingMissed;
import dev.kagami.mirror.catchup.PositionRepository;
import dev.kagami.mirror.catchup.Retention;
import dev.kagami.mirror.compensation.ArtemisCompensationJournal;
import dev.kagami.mirror.compensation.Means;
import dev.kagami.mirror.compensation.Patience;
import dev.kagami.mirror.compensation.Sites;
import dev.kagami.mirror.console.MirrorOperations;
import dev.kagami.mirror.console.SiteView.JournalView;
import dev.kagami.mirror.console.WriteOperations;
import dev.kagami.mirror.kubernetes.KubernetesTargets;
import dev.kagami.mirror.mesh.Dues;
import dev.kagami.mirror.mesh.GrpcPeers;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.MeshSettings;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTargetRepository;
import dev.kagami.mirror.mesh.OwnCluster;
import dev.kagami.mirror.mesh.OwnNode;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.mesh.TargetSource;
import dev.kagami.mirror.replication.Origin;
import dev.kagami.mirror.verification.Rounds;
import dev.kagami.mirror.verification.Verifier;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * All parts of a mirror but its ports, put together. Life cycle: made, which reads the stored
 * targets; {@link #start started} once; {@link #leave told to leave}; {@link #close closed} once.
 * Thread-safe.
 */
public final class MirrorProcess implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MirrorProcess.class.getName());
  private static final String OWN_CLUSTER = "own cluster";
  private static final int JOURNAL_THREADS = 3;

  private final MirrorConfiguration configuration;
  private final Scheduler scheduler;
  private final MeshSecret secret;
  private final ChannelPool channels = new ChannelPool();
  private final OwnNode own;
  private final OwnCluster cluster;
  private final MirrorMesh mesh;
  private final Optional<KubernetesTargets> resources;
  private final ExecutorService journalThreads;
  private final ArtemisCompensationJournal journal;
  private final Origin origin;
  private final VectorStore store;
  private final CatchUp catchUp;
  private final Retention retention;
  private final Dues dues;
  private final Verifier verifier;
  private final Rounds rounds;

  private volatile boolean leaving;
  private volatile Consumer<Boolean> readinessWatcher = _ -> {};

  /**
   * What is kept in the database.
   *
   * @param blocking runs what blocks on the database later
   */
  record Database(
      MirrorTargetRepository targets, PositionRepository positions, Executor blocking) {}

  /** Blocks on the database. */
  MirrorProcess(MirrorConfiguration configuration, Database database, Scheduler scheduler) {
    this.configuration = configuration;
    this.scheduler = scheduler;
    this.secret = MeshSecret.read(configuration.files().secret());
    var identity = configuration.identity();
    var writer =
        new WriterNumber(
            identity.site().number(), database.targets().writerNumber(identity.name()));
    this.journalThreads =
        Executors.newFixedThreadPool(
            JOURNAL_THREADS,
            Thread.ofPlatform().name("kagami-mirror-journal-", 0).daemon().factory());
    this.journal =
        ArtemisCompensationJournal.open(
            configuration.files().data().resolve("journal"), journalThreads);
    var clock = new HybridClock(scheduler, writer, journal.contents().bound());
    this.own = new OwnNode(identity, clock, scheduler);
    var rules = configuration.mesh();
    this.resources =
        rules
            .kubernetes()
            .map(wanted ->
                KubernetesTargets.open(
                    wanted, rules.addresses(), identity.address(), database.blocking()));
    var settings =
        new MeshSettings(
            own,
            sources(TargetSource.configured(rules.targets(), scheduler.instant())),
            rules.addresses(),
            rules.health(),
            rules.pace());
    var peers = new GrpcPeers(channels, secret, scheduler);
    this.mesh =
        new MirrorMesh(
            settings, database.targets(), peers, this::bringDues, scheduler, database.blocking());
    mesh.load();
    resources.ifPresent(followed -> followed.follow(mesh, scheduler, database.blocking()));

    var gateway = channels.channel(configuration.gateway());
    var gatewayName = "gateway " + configuration.gateway();
    this.cluster =
        new OwnCluster(
            settings,
            clock,
            new RemoteNode(gateway, gatewayName, secret, scheduler),
            scheduler,
            _ -> tellReadiness());
    var ownStore = new RemoteVectorStore(gateway, gatewayName, secret, scheduler);
    this.origin =
        new Origin(
            new Sites(
                new Mesh.Member(OWN_CLUSTER, TargetPhase.CONNECTED, ownStore), mesh::now, mesh),
            rules.mode(),
            journal,
            clock,
            new Means(scheduler, new Random(writer.bits()), Patience.DEFAULT));
    this.store = new CheckedVectorStore(origin.store(), identity.space(), scheduler);
    this.catchUp =
        new CatchUp(
            ownStore,
            mesh::now,
            new CatchUp.Keeping(database.positions(), identity.name(), database.blocking()),
            scheduler,
            Pace.DEFAULT);
    catchUp.load();
    this.retention =
        new Retention(
            ownStore,
            mesh::now,
            catchUp,
            origin::isJudged,
            scheduler,
            new Retention.Terms(scheduler, rules.retention()));
    this.verifier = new Verifier(ownStore, mesh::now, scheduler);
    this.rounds =
        new Rounds(verifier, mesh::now, catchUp::progress, scheduler, rules.verification());
    this.dues = new EverythingMissed(origin.compensator(), catchUp);
  }

  private List<TargetSource> sources(TargetSource configured) {
    return resources
        .<List<TargetSource>>map(told -> List.of(configured, told))
        .orElseGet(() -> List.of(configured));
  }

  /**
   * Begins to look for the own gateway and for the targets, and to end what an earlier process left
   * undecided.
   */
  void start() {
    cluster.start();
    mesh.start();
    origin.start();
    catchUp.start();
    retention.start();
    rounds.start();
    origin.recovery().judged().thenRun(this::tellReadiness);
  }

  private CompletionStage<Boolean> bringDues(String target) {
    return dues.bringTo(target);
  }

  /** From now on it is not ready and takes no users' writes, though it still answers. */
  void leave() {
    leaving = true;
    origin.leave();
    tellReadiness();
  }

  /**
   * Whether the own site can be served and takes writes as far as it can tell, whatever becomes of
   * other sites.
   */
  public boolean isReady() {
    return !leaving && cluster.isReady() && origin.recovery().undecided() == 0;
  }

  /**
   * Tells {@code watcher} now, and whenever it may have changed, whether this process is ready; one
   * watcher only.
   */
  public void watchReadiness(Consumer<Boolean> watcher) {
    readinessWatcher = watcher;
    tellReadiness();
  }

  private void tellReadiness() {
    readinessWatcher.accept(isReady());
  }

  public MirrorConfiguration configuration() {
    return configuration;
  }

  /** What users and peers call. */
  VectorStore store() {
    return store;
  }

  public MeshSecret secret() {
    return secret;
  }

  /** What is served on the gRPC port. */
  public List<BindableService> services() {
    var services =
        new ArrayList<>(ValdServices.mirror(store, own, (theirs, _) -> own.exchangeClocks(theirs)));
    services.addAll(mesh.services());
    return services;
  }

  MirrorOperations operations() {
    return new MirrorOperations(
        configuration.gateway(),
        mesh,
        cluster,
        new MirrorOperations.Upkeep(this::journalView, catchUp, verifier, rounds));
  }

  WriteOperations writes() {
    return new WriteOperations(origin, scheduler);
  }

  private JournalView journalView() {
    return new JournalView(
        origin.recovery().undecided(), origin.compensator().owed(), journal.failure().orElse(""));
  }

  /**
   * Ends everything; to be called when no calls come any more. Waits for writes and undos under
   * way, no longer than for one answer: what is owed to a site that is away stays in the journal.
   */
  @Override
  public void close() {
    endWrites();
    resources.ifPresent(KubernetesTargets::close);
    rounds.stop();
    retention.stop();
    catchUp.stop();
    mesh.stop();
    cluster.stop();
    channels.close();
    try {
      journal.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the compensation journal cannot be closed", failure);
    } finally {
      journalThreads.shutdown();
    }
  }

  private void endWrites() {
    try {
      origin.leave().toCompletableFuture().get(Patience.DEFAULT.answer().toMillis(), MILLISECONDS);
    } catch (TimeoutException left) {
      LOG.log(Level.INFO, "Not every site has heard how every write ended; the next start goes on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException fault) {
      LOG.log(Level.ERROR, "The writes under way could not be waited for", fault);
    }
  }
}
