package dev.kagami.mirror.simulation;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForwardingVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.catchup.Retention;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.replication.Fuse;
import dev.kagami.mirror.replication.Variant;
import dev.kagami.mirror.simulation.Step.Fault;
import dev.kagami.mirror.simulation.Step.Write;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One run: the real mirrors of some sites, in one thread and virtual time, over a network, clusters
 * and disks that do what the script says. The same script and variant give the same run.
 */
final class Simulation {
  private static final Duration FORMING = Duration.ofSeconds(5);
  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final Duration LONGEST_FAULT = Duration.ofSeconds(12);
  private static final Duration TRIMMING = Duration.ofSeconds(7);
  private static final Duration HEALING = Duration.ofSeconds(40);

  /** By then every clock that was set forward is behind the time. */
  private static final Duration LATER = Duration.ofHours(2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final Trace trace = new Trace();
  private final History history = new History(trace);
  private final List<SimulatedSite> sites = new ArrayList<>();
  private final Script script;
  private final Variant variant;
  private final SplittableRandom random;
  private final Network network;
  private final Laws laws;

  private Simulation(Script script, Variant variant) {
    this.script = script;
    this.variant = variant;
    this.random = new SplittableRandom(script.seed());
    this.network = new Network(time, random.split(), trace);
    for (int number = 1; number <= script.size().sites(); number++) {
      sites.add(new SimulatedSite(number, time, history));
    }
    this.laws = new Laws(sites, history);
  }

  static Result run(Script script, Variant variant) {
    var run = new Simulation(script, variant);
    return new Result(
        run.broken(), run.trace.value(), run.history.endings(), run.laws.mostMissed());
  }

  /** The first law that it breaks; none if all is well. */
  private Optional<String> broken() {
    sites.forEach(this::startProcess);
    time.advance(FORMING);
    var steps = new ArrayDeque<>(script.steps());
    follow(steps, 0);
    pass(Duration.ofMillis(script.millis()).plus(LONGEST_FAULT));
    pass(script.size().retention()); // nothing that is on its way is older
    time.shiftWallClock(LATER);
    pass(HEALING);
    return history.violation().or(() -> laws.atTheEnd(new Random(script.seed())));
  }

  /** One after the other, so that the future is short. */
  private void follow(Queue<Step> steps, int now) {
    var next = steps.poll();
    if (next != null) {
      time.after(
          Duration.ofMillis(next.at() - now),
          () -> {
            begin(next);
            follow(steps, next.at());
          });
    }
  }

  private void pass(Duration duration) {
    var end = duration;
    while (end.isPositive() && history.violation().isEmpty()) {
      time.advance(SLICE);
      end = end.minus(SLICE);
    }
  }

  private void begin(Step step) {
    switch (step) {
      case Write write -> ask(write);
      case Fault fault -> {
        begin(fault);
        time.after(Duration.ofMillis(fault.lasts()), () -> end(fault));
      }
    }
  }

  private void begin(Fault fault) {
    switch (fault) {
      case Fault.Crash crash ->
          sites
              .get(crash.site())
              .process()
              .ifPresent(process -> kill(sites.get(crash.site()), process, crash));
      case Fault.Cut(_, var from, var to, _) when from == to -> {
        network.cut(sites.get(from).name(), sites.get(from).clusterName());
        network.cut(sites.get(from).clusterName(), sites.get(from).name());
      }
      case Fault.Cut(_, var from, var to, _) ->
          network.cut(sites.get(from).name(), sites.get(to).name());
      case Fault.Weather(_, var sky, _) -> network.begin(sky);
      case Fault.ClockJump(_, var site, var seconds, _) ->
          sites.get(site).shiftClock(Duration.ofSeconds(seconds));
      case Fault.FullJournal(_, var site, _) -> sites.get(site).fillJournal();
      case Fault.FullCluster(_, var site, _) -> sites.get(site).fillCluster();
      case Fault.Removal(_, var site, var target, _) ->
          sites.get(site).remove(sites.get(target).address());
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case Fault.Crash _ -> {}
      case Fault.Cut(_, var from, var to, _) when from == to -> {
        network.mend(sites.get(from).name(), sites.get(from).clusterName());
        network.mend(sites.get(from).clusterName(), sites.get(from).name());
      }
      case Fault.Cut(_, var from, var to, _) -> {
        network.mend(sites.get(from).name(), sites.get(to).name());
        laws.reunited(sites.get(from), sites.get(to));
      }
      case Fault.Weather(_, var sky, _) -> network.end(sky);
      case Fault.ClockJump(_, var site, var seconds, _) ->
          sites.get(site).shiftClock(Duration.ofSeconds(-seconds));
      case Fault.FullJournal(_, var site, _) -> sites.get(site).emptyJournal();
      case Fault.FullCluster(_, var site, _) -> sites.get(site).emptyCluster();
      case Fault.Removal(_, var site, var target, _) ->
          sites.get(site).addAgain(sites.get(target).address());
    }
  }

  private void kill(SimulatedSite site, SimulatedProcess process, Fault.Crash crash) {
    var fuse = process.fuse();
    fuse.whenBurnt(() -> {
      site.bury(crash.survivors());
      history.died(process);
      time.after(Duration.ofMillis(crash.lasts()), () -> startProcess(site));
    });
    fuse.burnAfter(crash.effects());
  }

  private void startProcess(SimulatedSite site) {
    var fuse = Fuse.endless();
    var starting = new Starting();
    var way = new Passage.Route(network, site.name(), site.clusterName(), fuse);
    var cluster = new Passage(way, () -> Optional.of(site.watched()));
    var peers =
        new SimulatedPeers(this::siteAt, network, site.name(), fuse, starting.abroad(variant));
    var others =
        sites.stream()
            .filter(other -> other != site)
            .map(SimulatedSite::address)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    starting.process =
        Optional.of(
            new SimulatedProcess(
                new SimulatedProcess.Home(
                    site.identity(),
                    script.size().mode(),
                    site.address(),
                    others,
                    site.database(),
                    site.positions(),
                    site.disk(),
                    memory()),
                new SimulatedProcess.Surroundings(
                    site,
                    fuse,
                    peers,
                    starting.home(variant).apply(cluster),
                    dues -> laws.watched(site, dues),
                    random.nextLong()),
                variant));
    site.start(starting.process.get());
  }

  /** By a clock that is right: what is told from it is much longer than clocks are wrong. */
  private Optional<Retention.Terms> memory() {
    return Optional.of(script.size().retention())
        .filter(Duration::isPositive)
        .map(retention -> new Retention.Terms(time, retention, TRIMMING));
  }

  private SimulatedSite siteAt(Address address) {
    return sites.stream().filter(site -> site.address().equals(address)).findFirst().orElseThrow();
  }

  /** What a process sends is put down as its own, which it is not yet when its ways are made. */
  private final class Starting {
    private Optional<SimulatedProcess> process = Optional.empty();

    UnaryOperator<VectorStore> home(Variant variant) {
      return way -> variant.bend(true).apply(observed(way));
    }

    UnaryOperator<VectorStore> abroad(Variant variant) {
      return way -> variant.bend(false).apply(observed(way));
    }

    private VectorStore observed(VectorStore way) {
      return new ForwardingVectorStore(way) {
        @Override
        public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
          process.ifPresent(sender -> history.sent(sender, mutation));
          return super.apply(mutation, context);
        }
      };
    }
  }

  private void ask(Write write) {
    var site = sites.get(write.site());
    site.process().ifPresent(process -> ask(site, process, mutation(write, site)));
  }

  private void ask(SimulatedSite site, SimulatedProcess process, Mutation mutation) {
    if (history.isUnderWay(process, mutation)) {
      return;
    }
    var needs = needs(process.mesh().now(), site.name());
    var operation = new Operation(process, site.name(), mutation, needs, time.instant());
    history.begin(operation);
    process
        .store()
        .apply(mutation, CallContext.UNBOUNDED)
        .whenComplete((_, failure) ->
            process
                .fuse()
                .run(() -> {
                  operation.end(
                      Optional.ofNullable(failure).map(Simulation::known), time.instant());
                  history.end(operation);
                  laws.atAnswer(operation);
                }));
  }

  /** What an OK has to mean. */
  private Operation.Needs needs(Mesh mesh, String own) {
    var sites = new TreeSet<String>();
    sites.add(own);
    mesh.members().stream()
        .filter(Mesh.Member::isConnected)
        .map(Mesh.Member::name)
        .forEach(sites::add);
    int all = mesh.members().size() + 1;
    return switch (script.size().mode()) {
      case CONNECTED -> new Operation.Needs(sites, sites.size());
      case STRICT -> new Operation.Needs(sites, all);
      case QUORUM -> new Operation.Needs(sites, all / 2 + 1);
      case LOCAL -> new Operation.Needs(new TreeSet<>(List.of(own)), 1);
    };
  }

  private static ValdException known(Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof ValdException error
        ? error
        : new ValdException.Internal("a fault: " + cause, cause);
  }

  private Mutation mutation(Write write, SimulatedSite site) {
    var id = new VectorId("id-" + write.id());
    var vector = Vector.of(write.id(), write.content());
    var now = site.instant();
    var when =
        switch (write.time()) {
          case NONE -> WriteTime.UNSTAMPED;
          case NOW -> WriteTime.ofClient(Timestamp.of(now));
          case SECONDS_AGO -> WriteTime.ofClient(Timestamp.of(now.minusSeconds(3)));
          case SECONDS_AHEAD -> WriteTime.ofClient(Timestamp.of(now.plusSeconds(3)));
          case THE_SAME_FOR_ALL ->
              WriteTime.ofClient(Timestamp.of(ControlledScheduler.START.plus(sharedTime())));
        };
    return switch (write.kind()) {
      case INSERT -> new Mutation.Insert(id, vector, when);
      case UPDATE -> new Mutation.Update(id, vector, when);
      case UPSERT -> new Mutation.Upsert(id, vector, when);
      case REMOVE -> new Mutation.Remove(id, when);
    };
  }

  /** One for all; where things are forgotten, for all of some seconds, lest it be too old. */
  private Duration sharedTime() {
    var passed = Duration.between(ControlledScheduler.START, time.instant());
    return script.size().retention().isZero()
        ? Duration.ofSeconds(20)
        : Duration.ofSeconds(passed.toSeconds() / 5 * 5);
  }
}
