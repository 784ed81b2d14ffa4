package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Labels;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.TargetReconciler.Action;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetReconcilerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Address OWN = new Address("a.example", 1);
  private static final Address B = new Address("b.example", 1);
  private static final Address C = new Address("c.example", 1);

  record Row(
      String name,
      List<TargetSource> sources,
      List<MirrorTarget> stored,
      Set<Address> live,
      List<Action> expected) {

    /** Without Kubernetes. */
    Row(
        String name,
        Set<Address> configured,
        List<MirrorTarget> stored,
        Set<Address> live,
        List<Action> expected) {
      this(name, List.of(TargetSource.configured(configured, NOW)), stored, live, expected);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("nothing wanted", Set.of(), List.of(), Set.of(), List.of()),
        new Row(
            "configured and new: stored and joined",
            Set.of(B),
            List.of(),
            Set.of(),
            List.of(new Action.Store(configured(B)), new Action.Join(B))),
        new Row("as it should be", Set.of(B), List.of(configured(B)), Set.of(B), List.of()),
        new Row(
            "stored, not live: joined, as after a restart",
            Set.of(B),
            List.of(configured(B)),
            Set.of(),
            List.of(new Action.Join(B))),
        new Row(
            "no longer configured: forgotten and left",
            Set.of(),
            List.of(configured(B)),
            Set.of(B),
            List.of(new Action.Delete(configured(B)), new Action.Leave(B))),
        new Row(
            "no longer configured, wanted by an operator: stays",
            Set.of(),
            List.of(configured(B), added(B)),
            Set.of(B),
            List.of(new Action.Delete(configured(B)))),
        new Row(
            "no longer configured, known from a peer: stays",
            Set.of(),
            List.of(configured(B), learned(B)),
            Set.of(B),
            List.of(new Action.Delete(configured(B)))),
        new Row(
            "configured does not touch the rows of others",
            Set.of(C),
            List.of(added(B), learned(B)),
            Set.of(B),
            List.of(new Action.Store(configured(C)), new Action.Join(C))),
        new Row(
            "removed by an operator: left",
            Set.of(),
            List.of(removed(B)),
            Set.of(B),
            List.of(new Action.Leave(B))),
        new Row(
            "removed outweighs the configuration",
            Set.of(B),
            List.of(configured(B), removed(B)),
            Set.of(B),
            List.of(new Action.Leave(B))),
        new Row(
            "removed outweighs what a peer tells",
            Set.of(),
            List.of(learned(B), removed(B)),
            Set.of(),
            List.of()),
        new Row(
            "live without a row: left",
            Set.of(),
            List.of(),
            Set.of(C),
            List.of(new Action.Leave(C))),
        new Row(
            "own address configured: stored, never joined",
            Set.of(OWN),
            List.of(),
            Set.of(),
            List.of(new Action.Store(configured(OWN)))),
        new Row(
            "own address told by a peer: never joined",
            Set.of(),
            List.of(learned(OWN)),
            Set.of(),
            List.of()),
        new Row(
            "new resource: stored and joined",
            resources(resource(B)),
            List.of(),
            Set.of(),
            List.of(new Action.Store(resource(B)), new Action.Join(B))),
        new Row(
            "deleted resource: left, and no peer brings it back",
            resources(),
            List.of(resource(B), learned(B)),
            Set.of(B),
            List.of(
                new Action.Delete(resource(B)), new Action.Store(removed(B)), new Action.Leave(B))),
        new Row(
            "deleted resource of a target that an operator wants by other means: stays",
            resources(),
            List.of(resource(B), added(B)),
            Set.of(B),
            List.of(new Action.Delete(resource(B)))),
        new Row(
            "resource made after the removal: takes it back",
            resources(resource(B, NOW.plusSeconds(1))),
            List.of(removed(B)),
            Set.of(),
            List.of(
                new Action.Store(MirrorTarget.readmitted(B, NOW.plusMillis(1))),
                new Action.Store(resource(B, NOW.plusSeconds(1))),
                new Action.Join(B))),
        new Row(
            "resource made in the second of the removal: takes it back",
            resources(resource(B)),
            List.of(MirrorTarget.removed(B, NOW.plusMillis(900))),
            Set.of(),
            List.of(
                new Action.Store(MirrorTarget.readmitted(B, NOW.plusMillis(901))),
                new Action.Store(resource(B)),
                new Action.Join(B))),
        new Row(
            "resource deleted that had taken a removal back, and peers know the target: removed",
            resources(),
            List.of(resource(B), MirrorTarget.readmitted(B, NOW), learned(B)),
            Set.of(B),
            List.of(
                new Action.Delete(resource(B)),
                new Action.Store(MirrorTarget.removed(B, NOW.plusMillis(1))),
                new Action.Leave(B))),
        new Row(
            "this site is removed: no targets",
            resources(resource(B)),
            List.of(resource(B), learned(C), removed(OWN)),
            Set.of(B, C),
            List.of(new Action.Leave(B), new Action.Leave(C))),
        new Row(
            "resource made after this site was removed: takes that back",
            resources(resource(B, NOW.plusSeconds(1))),
            List.of(learned(C), removed(OWN)),
            Set.of(),
            List.of(
                new Action.Store(MirrorTarget.readmitted(OWN, NOW.plusMillis(1))),
                new Action.Store(resource(B, NOW.plusSeconds(1))),
                new Action.Join(B),
                new Action.Join(C))),
        new Row(
            "resource older than the removal, seen only now: does not count",
            resources(resource(B, NOW.minusSeconds(1))),
            List.of(removed(B)),
            Set.of(),
            List.of(new Action.Store(resource(B, NOW.minusSeconds(1))))),
        new Row(
            "removed while there is a resource: stays removed",
            resources(resource(B)),
            List.of(resource(B), removed(B)),
            Set.of(),
            List.of()),
        new Row(
            "resource with other labels: stored again",
            resources(labelled(B)),
            List.of(resource(B)),
            Set.of(B),
            List.of(new Action.Store(labelled(B)))),
        new Row(
            "Kubernetes does not answer: nothing changes",
            List.of(told(Source.KUBERNETES, Optional.empty())),
            List.of(resource(B)),
            Set.of(B),
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void state_givesActions(Row row) {
    var actions = TargetReconciler.reconcile(OWN, row.sources(), row.stored(), row.live(), NOW);

    assertThat(actions).containsExactlyInAnyOrderElementsOf(row.expected());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyState_isReachedInOneStep(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      var sources =
          List.of(
              TargetSource.configured(someOf(random), NOW),
              told(Source.KUBERNETES, Optional.of(resourcesOf(random))));
      var stored = new ArrayList<MirrorTarget>();
      someOf(random).forEach(address -> stored.add(configured(address)));
      someOf(random).forEach(address -> stored.add(learned(address)));
      someOf(random).forEach(address -> stored.add(resource(address)));
      someOf(random)
          .forEach(address -> stored.add(random.nextBoolean() ? added(address) : removed(address)));
      var live = someOf(random);

      perform(TargetReconciler.reconcile(OWN, sources, stored, live, NOW), stored, live);

      assertThat(TargetReconciler.reconcile(OWN, sources, stored, live, NOW)).isEmpty();
      assertThat(live).doesNotContain(OWN);
    }
  }

  private static void perform(List<Action> actions, List<MirrorTarget> stored, Set<Address> live) {
    for (var action : actions) {
      switch (action) {
        case Action.Store(var target) -> {
          stored.removeIf(row -> isSameRow(row, target));
          stored.add(target);
        }
        case Action.Delete(var target) -> stored.remove(target);
        case Action.Join(var address) -> live.add(address);
        case Action.Leave(var address) -> live.remove(address);
      }
    }
  }

  private static boolean isSameRow(MirrorTarget one, MirrorTarget other) {
    return one.address().equals(other.address()) && one.source() == other.source();
  }

  private static List<MirrorTarget> resourcesOf(RandomGenerator random) {
    return someOf(random).stream()
        .map(address -> resource(address, NOW.plusSeconds(random.nextInt(-1, 2))))
        .toList();
  }

  private static Set<Address> someOf(RandomGenerator random) {
    var some = new HashSet<Address>();
    for (var address : List.of(OWN, B, C, new Address("d.example", 1))) {
      if (random.nextBoolean()) {
        some.add(address);
      }
    }
    return some;
  }

  private static List<TargetSource> resources(MirrorTarget... targets) {
    return List.of(told(Source.KUBERNETES, Optional.of(List.of(targets))));
  }

  private static TargetSource told(Source source, Optional<List<MirrorTarget>> targets) {
    return new TargetSource() {
      @Override
      public Source source() {
        return source;
      }

      @Override
      public Optional<List<MirrorTarget>> targets() {
        return targets;
      }
    };
  }

  private static MirrorTarget resource(Address address) {
    return resource(address, NOW);
  }

  private static MirrorTarget resource(Address address, Instant made) {
    return MirrorTarget.wanted(address, Source.KUBERNETES, made);
  }

  private static MirrorTarget labelled(Address address) {
    return new MirrorTarget(
        address, Source.KUBERNETES, Desired.PRESENT, new Labels("dc1", "blue"), NOW);
  }

  private static MirrorTarget configured(Address address) {
    return MirrorTarget.wanted(address, Source.STATIC, NOW);
  }

  private static MirrorTarget added(Address address) {
    return MirrorTarget.wanted(address, Source.REST, NOW);
  }

  private static MirrorTarget learned(Address address) {
    return MirrorTarget.wanted(address, Source.REGISTER, NOW);
  }

  private static MirrorTarget removed(Address address) {
    return MirrorTarget.removed(address, NOW);
  }
}
