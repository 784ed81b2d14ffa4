package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.placement.ReplicaPlacement;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster beside a model of what it was told: agents come, vanish, come back with what they had,
 * or with empty disks, are to leave and stay. Then, left alone, it has each vector as often as it
 * shall, where it shall, and nothing else.
 */
class EvenCopiesTest {
  private static final int REPLICAS = 2;
  private static final int MOST_AGENTS = 5;
  private static final int IDS = 12;
  private static final int STEPS = 80;
  private static final Duration CALM = Correction.CALM.plusSeconds(10);

  private static final CorrectionSettings SETTINGS =
      new CorrectionSettings(Duration.ofMinutes(2), Duration.ofMinutes(5), 5000, 32);

  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<String, InMemoryVectorStore> disks = new TreeMap<>();
  private final Map<String, ScriptedNode> nodes = new TreeMap<>();
  private final List<String> there = new ArrayList<>();
  private final AgentPool pool = new AgentPool(REPLICAS, 0, CLUSTER, time, (_, _) -> {});
  private final BalancedVectorStore gateway =
      BalancedVectorStore.overChanging(pool, REPLICAS, numberOf(pool, time), SETTINGS, time);

  private long lostDisks;

  /** What was acknowledged last; nothing of an id of which the last write failed. */
  private final Map<VectorId, Optional<Vector>> model = new HashMap<>();

  @Test
  void agentComes_copiesTooManyAreDroppedWhenAllHasBeenCalm() {
    twoAgentsWithAllIds();
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    assertThat(copies()).isGreaterThan(REPLICAS * IDS);

    time.advance(CALM);

    assertEven();
    assertThat(copies()).isEqualTo(REPLICAS * IDS);
    assertThat(findings().dropped()).isPositive().isEqualTo(findings().extra());
  }

  @Test
  void agentIsAway_nothingIsDropped() {
    twoAgentsWithAllIds();
    come("agent-3");
    come("agent-4");
    vanish("agent-4");
    time.advance(Duration.ofSeconds(3));
    int before = copies();

    time.advance(SETTINGS.interval().multipliedBy(2));

    assertThat(copies()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void otherGatewayLives_nothingIsDroppedForItMayKnowWhoLeaves() {
    var other =
        new WriterClaim(new WriterNumber(1, WriterNumber.FIRST_GATEWAY + 1), 2, "gateway-2");
    twoAgentsWithAllIds();
    come("agent-3");
    var own = numberOf(pool, time).claim();
    nodes.forEach(
        (name, node) -> node.says(description(name, Stamp.NONE).withClaims(List.of(own, other))));
    time.advance(Duration.ofSeconds(3));
    int before = copies();

    time.advance(SETTINGS.interval().multipliedBy(2));

    assertThat(before).isGreaterThan(REPLICAS * IDS);
    assertThat(copies()).isEqualTo(before);
    nodes.forEach(
        (name, node) -> node.says(description(name, Stamp.NONE).withClaims(List.of(own))));
    time.advance(SETTINGS.interval().plus(CALM));
    assertThat(copies()).isEqualTo(REPLICAS * IDS);
  }

  @Test
  void agentIsToLeave_nothingIsDroppedUntilItIsGone() {
    twoAgentsWithAllIds();
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    assertThat(gateway.drain("agent-1")).isEmpty();
    int before = copies();
    time.advance(SETTINGS.interval().multipliedBy(2));
    assertThat(copies()).isGreaterThanOrEqualTo(before);

    vanish("agent-1");
    assertThat(pool.forget("agent-1")).isTrue();
    time.advance(CALM);

    assertEven();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anythingHappens_afterwardsAllIsEvenAndNothingLostOrBack(long seed) {
    var random = new Random(seed);
    twoAgentsWithAllIds();

    for (int step = 0; step < STEPS; step++) {
      act(random);
      assertReadsEqualModel("step " + step + " of seed " + seed);
    }
    names().filter(name -> pool.agent(name).isPresent()).forEach(this::come);
    there.forEach(gateway::keep);
    time.advance(SETTINGS.interval().plus(CALM));

    assertReadsEqualModel("the end of seed " + seed);
    assertEven();
  }

  private void act(Random random) {
    var name = "agent-" + random.nextInt(1, MOST_AGENTS + 1);
    switch (random.nextInt(12)) {
      case 0 -> come(name);
      case 1 -> vanish(name);
      case 2 -> loseDisk(name);
      case 3 -> gateway.drain(name);
      case 4 -> gateway.keep(name);
      case 5 -> time.advance(Duration.ofSeconds(random.nextInt(60)));
      default -> write(random);
    }
  }

  private void twoAgentsWithAllIds() {
    pool.start();
    gateway.start();
    come("agent-1");
    come("agent-2");
    answer(pool.complete());
    ids().forEach(id -> write(new Mutation.Upsert(id, vector(0), WriteTime.UNSTAMPED)));
  }

  private void come(String name) {
    var disk = disks.computeIfAbsent(name, this::emptyDisk);
    var node = nodes.computeIfAbsent(name, _ -> new ScriptedNode(description(name, Stamp.NONE)));
    if (!there.contains(name)) {
      there.add(name);
      pool.admit(name, new Agent.Connection("host:" + name, disk, node));
    }
    time.advance(AgentPool.INTERVAL);
  }

  private InMemoryVectorStore emptyDisk(String name) {
    return new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
  }

  private void vanish(String name) {
    if (there.remove(name)) {
      pool.vanish(name, "its pod is gone");
    }
  }

  /** Only while there are as many copies as there shall be: one may be lost, no more. */
  private void loseDisk(String name) {
    time.advance(CALM);
    if (there.contains(name) && pool.agents().stream().allMatch(Agent::isHeard)) {
      vanish(name);
      disks.remove(name);
      nodes.get(name).says(description(name, Stamp.NONE).withRun(++lostDisks));
      come(name);
      time.advance(CALM);
    }
  }

  private void write(Random random) {
    var id = new VectorId("id-" + random.nextInt(IDS));
    var vector = vector(random.nextInt(1, 9));
    write(
        switch (random.nextInt(4)) {
          case 0 -> new Mutation.Insert(id, vector, WriteTime.UNSTAMPED);
          case 1 -> new Mutation.Remove(id, WriteTime.UNSTAMPED);
          default -> new Mutation.Upsert(id, vector, WriteTime.UNSTAMPED);
        });
  }

  private void write(Mutation mutation) {
    time.advance(Duration.ofMillis(10));
    try {
      var write = gateway.apply(mutation, CallContext.UNBOUNDED).toCompletableFuture();
      time.advance(Duration.ofMillis(10));
      if (write.isCompletedExceptionally()) {
        model.remove(mutation.id());
      } else {
        answer(write);
        model.put(mutation.id(), mutation.content());
      }
    } catch (Unavailable refused) {
      assertThat(refused).as("no agent is there").hasMessageContaining("cannot date");
    }
  }

  /** With as many agents away as there are copies, what is newest may be unknown. */
  private void assertReadsEqualModel(String when) {
    if (pool.agents().stream().filter(agent -> !agent.isHeard()).count() >= REPLICAS) {
      return;
    }
    model.forEach(
        (id, expected) -> assertThat(visible(id)).as("%s, %s", id, when).isEqualTo(expected));
  }

  private Optional<Vector> visible(VectorId id) {
    return answer(gateway.find(id, CallContext.UNBOUNDED)).visible().flatMap(Version::vector);
  }

  /** Each vector is at its holders and nowhere else. */
  private void assertEven() {
    var placement = new ReplicaPlacement(pool.names(), REPLICAS);
    ids()
        .forEach(id -> {
          boolean isThere = pool.names().stream().anyMatch(name -> shows(name, id));
          assertThat(isThere).isEqualTo(model.getOrDefault(id, visible(id)).isPresent());
          var expected = isThere ? placement.holders(id) : List.<String>of();
          var actual = pool.names().stream().filter(name -> shows(name, id)).toList();
          assertThat(actual).as(id.value()).containsExactlyInAnyOrderElementsOf(expected);
        });
  }

  private int copies() {
    return ids()
        .mapToInt(id -> (int) disks.keySet().stream().filter(n -> shows(n, id)).count())
        .sum();
  }

  private boolean shows(String name, VectorId id) {
    return disks.get(name).contents().getOrDefault(id, Kept.nothing(id)).visible().isPresent();
  }

  private Findings findings() {
    return gateway.correction().orElseThrow().findings();
  }

  private static Stream<VectorId> ids() {
    return IntStream.range(0, IDS).mapToObj(i -> new VectorId("id-" + i));
  }

  private static Stream<String> names() {
    return IntStream.rangeClosed(1, MOST_AGENTS).mapToObj(i -> "agent-" + i);
  }

  private static Vector vector(int x) {
    return Vector.of(x, 0, 0, 1);
  }
}
