package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.ClusterInMemory.WRITER;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static dev.kagami.gateway.placement.ClusterInMemory.numberOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.Seed;
import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnStampsTest {
  private static final Timestamp ANY = new Timestamp(0);

  private final ClusterInMemory cluster = new ClusterInMemory(2, 1);
  private final Agent agent = cluster.pool.agents().getFirst();
  private final Agent other = cluster.pool.agents().getLast();
  private final OwnStamps stamps =
      new OwnStamps(cluster.pool, numberOf(cluster.pool, cluster.time), cluster.time);

  @Test
  void agentIsNotMetYet_noStampIsGivenAndTheAgentIsNamed() {
    cluster.nodes.getLast().isDown();
    cluster.pool.start();

    assertThatThrownBy(() -> stamps.open(ANY))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("agent-2")
        .hasMessageContaining("connection refused")
        .hasMessageNotContaining("agent-1");
    assertThat(stamps.settledAt(agent)).isEmpty();
    assertThat(stamps.latest()).isEqualTo(Stamp.NONE);
  }

  @Test
  void agentsReportStamps_clockBeginsAboveTheGreatestHoweverFarAhead() {
    var ahead =
        new HybridClock(() -> cluster.time.instant().plus(Duration.ofHours(1)), WRITER, Stamp.NONE);
    var greatest = ahead.next();
    cluster.nodes.getLast().says(description("agent-2", greatest));

    cluster.pool.start();

    assertThat(stamps.open(ANY)).isGreaterThan(greatest);
  }

  @Test
  void predecessorsOpenStamps_areSettledAsTheyStand() {
    var predecessors = new HybridClock(cluster.time, WRITER, Stamp.NONE).next();
    cluster.nodes.getFirst().says(description("agent-1", predecessors));

    cluster.pool.start();

    assertThat(stamps.settledAt(agent).orElseThrow()).isGreaterThanOrEqualTo(predecessors);
    assertThat(stamps.settledAt(agent).map(Stamp::writer)).contains(WRITER);
  }

  @Test
  void stampIsOpen_boundStopsRightBeforeIt() {
    cluster.pool.start();
    var first = stamps.open(ANY);
    var second = stamps.open(ANY);

    assertThat(stamps.settledAt(agent).orElseThrow()).isLessThan(first);

    stamps.decided(second);
    assertThat(stamps.settledAt(agent).orElseThrow()).isLessThan(first);

    stamps.decided(first);
    var bound = stamps.settledAt(agent).orElseThrow();
    assertThat(bound).isGreaterThanOrEqualTo(second);
    assertThat(stamps.open(ANY)).isGreaterThan(bound);
  }

  @Test
  void boundBelongsToThisWriter() {
    cluster.pool.start();
    stamps.open(ANY);

    assertThat(stamps.settledAt(agent).map(Stamp::writer)).contains(WRITER);
  }

  @Test
  void voidWaitsForOneAgent_holdsBackThatAgentAlone() {
    cluster.pool.start();
    var stamp = stamps.open(ANY);
    stamps.voided(stamp, List.of(agent, other));
    stamps.acknowledged(stamp, other);

    assertThat(stamps.settledAt(agent).orElseThrow()).isLessThan(stamp);
    assertThat(stamps.settledAt(other).orElseThrow()).isGreaterThanOrEqualTo(stamp);

    stamps.acknowledged(stamp, agent);
    assertThat(stamps.settledAt(agent).orElseThrow()).isGreaterThanOrEqualTo(stamp);
  }

  @Test
  void tooManyAreOpen_furtherOnesAreRefusedUntilOneIsDecided() {
    cluster.pool.start();
    var first = stamps.open(ANY);
    stamps.voided(first, List.of(agent));
    for (int i = 1; i < OwnStamps.MOST_OPEN; i++) {
      stamps.open(ANY);
    }

    assertThatThrownBy(() -> stamps.open(ANY))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("10000");

    stamps.acknowledged(first, agent);
    stamps.open(ANY);
  }

  @Test
  void anotherProcessIsAhead_clockFollowsItUnlessTooFar() {
    cluster.pool.start();
    stamps.open(ANY);
    var peer = new WriterNumber(2, WriterNumber.FIRST_MIRROR);
    var near = aheadBy(Duration.ofMinutes(5), peer);
    var far = aheadBy(Duration.ofHours(1), peer);

    stamps.observe(near);
    stamps.observe(far);

    assertThat(stamps.open(ANY)).isGreaterThan(near).isLessThan(far);
  }

  @Test
  void manyThreadsOpenAndDecide_noBoundEverPassesAnOpenStamp() throws Exception {
    var seed = Seed.next();
    cluster.pool.start();
    stamps.open(ANY);
    stamps.decided(stamps.open(ANY));
    var published = new AtomicReference<>(Stamp.NONE);
    var tasks = new ArrayList<Callable<Integer>>();
    for (int writer = 0; writer < 4; writer++) {
      var random = new SplittableRandom(seed.value() + writer);
      tasks.add(() -> openAndDecide(random, published));
    }
    try (var threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("w-", 0).factory())) {
      for (var done : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).as("%s", seed).isPositive();
      }
    }
  }

  /** Publishes bounds, and checks each new stamp against what was published before it was given. */
  private int openAndDecide(SplittableRandom random, AtomicReference<Stamp> published) {
    int opened = 0;
    for (int i = 0; i < 5_000; i++) {
      var before = published.get();
      var stamp = stamps.open(ANY);
      assertThat(stamp).as("passed by a bound").isGreaterThan(before);
      var bound = stamps.settledAt(agent).orElseThrow();
      assertThat(bound).as("a bound while it is open").isLessThan(stamp);
      published.accumulateAndGet(bound, OwnStampsTest::greater);
      if (random.nextBoolean()) {
        stamps.decided(stamp);
      } else {
        stamps.voided(stamp, List.of(agent));
        assertThat(stamps.settledAt(agent).orElseThrow()).isLessThan(stamp);
        stamps.acknowledged(stamp, agent);
      }
      opened++;
    }
    return opened;
  }

  private static Stamp greater(Stamp one, Stamp other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private Stamp aheadBy(Duration lead, WriterNumber writer) {
    return new HybridClock(() -> cluster.time.instant().plus(lead), writer, Stamp.NONE).next();
  }
}
