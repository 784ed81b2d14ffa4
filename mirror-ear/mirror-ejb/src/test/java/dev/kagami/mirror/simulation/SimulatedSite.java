package dev.kagami.mirror.simulation;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.mirror.catchup.InMemoryPositionRepository;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal.Item;
import dev.kagami.mirror.mesh.Announced;
import dev.kagami.mirror.mesh.InMemoryTargetRepository;
import dev.kagami.mirror.mesh.MirrorMesh;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A site: its cluster and its disks last, its mirror processes come and go. */
final class SimulatedSite implements Scheduler {
  private final Site site;
  private final ControlledScheduler time;
  private final InMemoryVectorStore cluster;
  private final Watch watch;
  private final InMemoryTargetRepository database;
  private final InMemoryPositionRepository positions = new InMemoryPositionRepository();

  private Optional<SimulatedProcess> process = Optional.empty();
  private List<Item> disk = List.of();
  private Duration clockOff = Duration.ZERO;
  private int journalFull;
  private int clusterFull;
  private final Map<Address, Integer> removals = new HashMap<>();

  SimulatedSite(int number, ControlledScheduler time, History history) {
    this.site = new Site(String.valueOf((char) ('A' + number - 1)), number);
    this.time = time;
    var writer = new WriterNumber(number, WriterNumber.AGENT);
    this.cluster = new InMemoryVectorStore(clusterName(), SimulatedProcess.SPACE, writer, this);
    this.watch = new Watch(cluster, site.name(), history);
    this.database = new InMemoryTargetRepository(_ -> process.ifPresent(history::needsOneLess));
  }

  String name() {
    return site.name();
  }

  /** Its cluster's place in the network. */
  String clusterName() {
    return name() + "'s cluster";
  }

  Site identity() {
    return site;
  }

  Address address() {
    return new Address("mirror." + name().toLowerCase(Locale.ROOT) + ".example", 8081);
  }

  InMemoryTargetRepository database() {
    return database;
  }

  InMemoryPositionRepository positions() {
    return positions;
  }

  /** The process that runs now. */
  Optional<SimulatedProcess> process() {
    return process;
  }

  void start(SimulatedProcess next) {
    process = Optional.of(next);
    if (journalFull > 0) {
      next.journal().breakDown();
    }
    next.start();
    removals.keySet().forEach(this::operate);
  }

  /**
   * Its process is dead.
   *
   * @param survivors records that were not durable and are there all the same
   */
  void bury(int survivors) {
    process.ifPresent(dead -> disk = dead.journal().afterCrash(survivors));
    process = Optional.empty();
  }

  List<Item> disk() {
    return disk;
  }

  /** What the site holds. */
  InMemoryVectorStore cluster() {
    return cluster;
  }

  /** The same, under observation. */
  VectorStore watched() {
    return watch;
  }

  void fillJournal() {
    journalFull++;
    process.ifPresent(running -> running.journal().breakDown());
  }

  void emptyJournal() {
    journalFull--;
    if (journalFull == 0) {
      process.ifPresent(running -> running.journal().repair());
    }
  }

  void fillCluster() {
    clusterFull++;
    cluster.refuseWrites();
  }

  void emptyCluster() {
    clusterFull--;
    if (clusterFull == 0) {
      cluster.acceptWrites();
    }
  }

  /** Its operator wants a target no more; as soon as there is a process to be told. */
  void remove(Address target) {
    removals.merge(target, 1, Integer::sum);
    operate(target);
  }

  /** Takes one removal back. */
  void addAgain(Address target) {
    removals.merge(target, -1, Integer::sum);
    operate(target);
  }

  private void operate(Address target) {
    process
        .map(SimulatedProcess::mesh)
        .filter(mesh -> isRemoved(mesh, target) != isUnwanted(target))
        .ifPresent(mesh -> {
          if (isUnwanted(target)) {
            mesh.remove(target);
          } else {
            mesh.add(new Announced(target.host(), target.port()));
          }
        });
  }

  private boolean isUnwanted(Address target) {
    return removals.get(target) > 0;
  }

  private static boolean isRemoved(MirrorMesh mesh, Address target) {
    return mesh.wishes().stream()
        .anyMatch(wish -> wish.address().equals(target) && wish.desired() == Desired.REMOVED);
  }

  void shiftClock(Duration by) {
    clockOff = clockOff.plus(by);
  }

  @Override
  public Instant instant() {
    return time.instant().plus(clockOff);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return time.after(delay, task);
  }
}
