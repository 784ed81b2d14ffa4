package dev.kagami.mirror.replication;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.compensation.CompensationJournal;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.compensation.Means;
import dev.kagami.mirror.compensation.Patience;
import dev.kagami.mirror.compensation.Sites;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Some sites, site A first, on one thread and in virtual time. Each is one in-memory cluster behind
 * a door that can be made to misbehave; the processes that write come and go.
 */
final class World {
  static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);
  static final Duration FSYNC = Duration.ofMillis(2);

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long SEED = 17;

  /** A site without its mirror processes. */
  record Site(String name, int number, InMemoryVectorStore cluster, ScriptedVectorStore door) {}

  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final Map<String, TargetPhase> phases = new LinkedHashMap<>();

  /** How every process talks to a site, by the site's name; the way itself if not named. */
  private final Map<String, UnaryOperator<VectorStore>> bends = new LinkedHashMap<>();

  private Mode mode = Mode.STRICT;
  private Patience patience = Patience.DEFAULT;

  World(String... targets) {
    add("A");
    for (var target : targets) {
      add(target);
    }
  }

  private void add(String name) {
    int number = sites.size() + 1;
    var writer = new WriterNumber(number, WriterNumber.AGENT);
    var cluster = new InMemoryVectorStore("agent of " + name, SPACE, writer, time);
    sites.put(name, new Site(name, number, cluster, new ScriptedVectorStore(cluster)));
    phases.put(name, TargetPhase.CONNECTED);
  }

  /** How processes write that start from now on; strict if not said. */
  void mode(Mode now) {
    mode = now;
  }

  /** How many undos processes that start from now on remember for sites that are away. */
  void remember(int undos) {
    patience = Patience.DEFAULT.remembering(undos);
  }

  ControlledScheduler time() {
    return time;
  }

  Site site(String name) {
    return sites.get(name);
  }

  /** How all processes see the target from now on. */
  void phase(String target, TargetPhase phase) {
    phases.put(target, phase);
  }

  /** The operator takes the target out of every mesh; its cluster goes on. */
  void removeFromMesh(String target) {
    phases.remove(target);
  }

  /** Puts something in the way of what is sent to a site by processes that start from now on. */
  void bend(String site, UnaryOperator<VectorStore> bend) {
    bends.put(site, bend);
  }

  /** A process of site A that lives on and has an empty journal. */
  Origin start() {
    return start("A", new InMemoryCompensationJournal(time, FSYNC));
  }

  /** A process of {@code site} that lives on. */
  Origin start(String site, CompensationJournal journal) {
    return start(site, journal, Fuse.endless(), Link.InFlight.ARRIVE);
  }

  Origin start(String site, CompensationJournal journal, Fuse fuse, Link.InFlight inFlight) {
    var timers = fuse.timers(time);
    var writer = new WriterNumber(site(site).number(), WriterNumber.FIRST_MIRROR);
    var clock = new HybridClock(timers, writer, journal.contents().bound());
    var ways = new LinkedHashMap<String, VectorStore>();
    for (var each : sites.values()) {
      var link = new Link(time, fuse, inFlight, each.name().equals(site), each);
      ways.put(each.name(), bends.getOrDefault(each.name(), way -> way).apply(link));
    }
    var own = new Mesh.Member(site, TargetPhase.CONNECTED, ways.get(site));
    var means = new Means(timers, new Random(SEED), patience);
    var origin = new Origin(new Sites(own, () -> mesh(site, ways)), mode, journal, clock, means);
    origin.start();
    return origin;
  }

  private Mesh mesh(String own, Map<String, VectorStore> ways) {
    var members = new ArrayList<Mesh.Member>();
    phases.forEach((name, phase) -> {
      if (!name.equals(own)) {
        members.add(new Mesh.Member(name, phase, ways.get(name)));
      }
    });
    return new Mesh(members);
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  /** Lets time pass until the stage has ended, or much too long. */
  void until(CompletionStage<?> stage) {
    var end = time.instant().plus(LIMIT);
    var future = stage.toCompletableFuture();
    while (!future.isDone() && time.instant().isBefore(end) && time.runNext()) {
      // the next timer may end it
    }
  }

  /** All doors are open again. */
  void heal() {
    sites.values().forEach(site -> site.door().pass());
    sites.values().forEach(site -> site.cluster().acceptWrites());
  }

  /** What each site shows, site by site. */
  List<SortedMap<VectorId, Version>> visible() {
    return sites.values().stream().map(World::visible).toList();
  }

  static SortedMap<VectorId, Version> visible(Site site) {
    var visible = new TreeMap<VectorId, Version>();
    site.cluster()
        .contents()
        .forEach((id, kept) -> kept.visible().ifPresent(version -> visible.put(id, version)));
    return visible;
  }

  Optional<Version> visible(String site, VectorId id) {
    return Optional.ofNullable(visible(site(site)).get(id));
  }
}
