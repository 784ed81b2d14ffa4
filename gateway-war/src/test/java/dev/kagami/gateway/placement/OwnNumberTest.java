package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Several gateways over the same three agents, in virtual time. */
class OwnNumberTest {
  private static final Timestamp ANY = new Timestamp(0);
  private static final int FIRST = WriterNumber.FIRST_GATEWAY;
  private static final Duration TICK = Duration.ofMillis(100);

  private final ControlledScheduler time = new ControlledScheduler();

  /** What each agent remembers; a new one is an agent that was started anew. */
  private final List<WriterClaims> memories = new ArrayList<>();

  OwnNumberTest() {
    for (int i = 0; i < 3; i++) {
      memories.add(new WriterClaims(time));
    }
  }

  /** A gateway, as far as it gives stamps. */
  private final class Gateway {
    final AgentPool pool = new AgentPool(3, 0, CLUSTER, time, (_, _) -> {});
    final OwnNumber number;
    final OwnStamps stamps;

    /** Agents that it does not reach. */
    final Set<Integer> cutOff = new HashSet<>();

    Gateway(Function<AgentPool, OwnNumber> number) {
      this.number = number.apply(pool);
      this.stamps = new OwnStamps(pool, this.number, time);
      pool.start();
      for (int i = 0; i < 3; i++) {
        var name = "agent-" + (i + 1);
        var store =
            new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
        pool.admit(name, new Agent.Connection("host:" + i, store, agent(i, name)));
      }
    }

    private Node agent(int i, String name) {
      return _ ->
          cutOff.contains(i)
              ? CompletableFuture.failedStage(new Unavailable("connection refused"))
              : completedStage(description(name, Stamp.NONE).withClaims(claims(i)));
    }

    private List<WriterClaim> claims(int i) {
      return memories.isEmpty() ? List.of() : memories.get(i).claim(number.claim());
    }

    Optional<Stamp> tryStamp() {
      return number.held().map(_ -> stamps.open(ANY));
    }

    void ends() {
      pool.close();
    }
  }

  private Gateway given(int process, long run) {
    return new Gateway(pool -> OwnNumber.given(pool, claim(process, run), time));
  }

  private Gateway chosen(int process, long run) {
    return new Gateway(
        pool -> OwnNumber.chosen(pool, claim(process, run), new SplittableRandom(run), time));
  }

  private void tryEachSecond(Gateway gateway) {
    for (int i = 0; i < 10; i++) {
      gateway.tryStamp();
      time.advance(Duration.ofSeconds(1));
    }
  }

  private static WriterClaim claim(int process, long run) {
    return new WriterClaim(new WriterNumber(1, process), run, "gateway-" + run);
  }

  @Test
  void numberIsFree_itIsHeldWithTheFirstWordOfTheAgents() {
    assertThat(given(FIRST, 1).tryStamp().orElseThrow().writer())
        .isEqualTo(new WriterNumber(1, FIRST));
  }

  @Test
  void otherGatewayHasTheNumber_noStampAndTheMessageSaysWhatToDo() {
    var first = given(FIRST + 3, 1);
    var second = given(FIRST + 3, 2);

    time.advance(Duration.ofMinutes(1));

    assertThat(first.tryStamp()).isPresent();
    assertThat(second.number.isOurs()).isFalse();
    assertThat(second.stamps.settledAt(second.pool.agents().getFirst())).isEmpty();
    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> second.stamps.open(ANY))
        .withMessageContaining("its number 3 is that of another gateway, gateway-1")
        .withMessageContaining("kagami.gateway.number");
  }

  @Test
  void otherGatewayEnds_numberIsHeldOnceItsLeaseIsOver() {
    var first = given(FIRST, 1);
    var second = given(FIRST, 2);

    first.ends();
    time.advance(WriterClaims.LEASE.minusSeconds(1));
    assertThat(second.tryStamp()).isEmpty();
    time.advance(Duration.ofSeconds(2));

    assertThat(second.tryStamp()).isPresent();
  }

  @Test
  void startedAnewByTheSameName_waitsForItsOldNumber() {
    var before = chosen(FIRST, 1);
    time.advance(Duration.ofSeconds(10));
    before.ends();

    var after = chosen(FIRST, 2);
    tryEachSecond(after);

    assertThat(after.tryStamp().orElseThrow().writer().process()).isEqualTo(FIRST);
  }

  @Test
  void numberIsTakenAndMayMove_anotherIsFound() {
    chosen(FIRST, 1);
    var second = chosen(FIRST, 2);

    tryEachSecond(second);

    assertThat(second.tryStamp().orElseThrow().writer().process()).isGreaterThan(FIRST);
  }

  @Test
  void severalLive_theOneWithTheLowestNumberIsFirst() {
    var lowest = given(FIRST, 1);
    var second = given(FIRST + 1, 2);
    var third = given(FIRST + 2, 3);
    time.advance(Duration.ofSeconds(1));
    assertThat(List.of(lowest, second, third))
        .extracting(gateway -> gateway.number.isFirst())
        .containsExactly(true, false, false);

    lowest.ends();
    time.advance(WriterClaims.LEASE.plusSeconds(1));

    assertThat(second.number.isFirst()).isTrue();
    assertThat(third.number.isFirst()).isFalse();
  }

  @Test
  void twoWantOneNumber_whoHasItIsFirst() {
    var first = given(FIRST, 1);
    var second = given(FIRST, 2);

    assertThat(first.number.isFirst()).isTrue();
    assertThat(second.number.isFirst()).isFalse();
  }

  @Test
  void agentIsStartedAnewAndHearsAnotherFirst_theOthersStillRefuseThat() {
    var first = given(FIRST, 1);
    var second = given(FIRST, 2);
    time.advance(Duration.ofSeconds(1));

    memories.set(0, new WriterClaims(time));
    memories.getFirst().claim(second.number.claim());
    time.advance(Duration.ofSeconds(1));

    assertThat(second.tryStamp()).isEmpty();
    assertThat(first.tryStamp()).as("one agent has granted it to another").isEmpty();
  }

  @Test
  void noAgentAnswers_numberIsNotTrustedForLong() {
    var gateway = given(FIRST, 1);
    gateway.cutOff.addAll(Set.of(0, 1, 2));

    time.advance(Duration.ofSeconds(2));
    assertThat(gateway.tryStamp()).isPresent();
    time.advance(OwnNumber.VALID);

    assertThat(gateway.tryStamp()).isEmpty();
    assertThat(gateway.number.isOurs()).as("nobody else has it").isTrue();
  }

  @Test
  void connectionBroke_theWordGivenThereCountsNoMore() {
    var gateway = given(FIRST, 1);
    gateway.cutOff.addAll(Set.of(0, 1, 2));

    gateway.pool.agents().forEach(agent -> gateway.pool.suspect(agent, "its connection broke"));

    assertThat(gateway.tryStamp()).isEmpty();
  }

  /** Gateways come, go, lose sight of one agent; agents forget. All want one number at first. */
  @Test
  void manyGatewaysInTrouble_noStampIsGivenTwice() {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    var gateways = new ArrayList<Gateway>();
    var given = new HashMap<Stamp, Gateway>();
    int run = 0;
    for (int step = 0; step < 3_000; step++) {
      if (gateways.size() < 2 || (gateways.size() < 4 && random.nextInt(50) == 0)) {
        run++;
        gateways.add(random.nextBoolean() ? given(FIRST, run) : chosen(FIRST, run));
      }
      if (random.nextInt(100) == 0) {
        gateways.remove(random.nextInt(gateways.size())).ends();
      }
      boolean allSeeAll = gateways.stream().allMatch(gateway -> gateway.cutOff.isEmpty());
      if (allSeeAll && step % 20 == 0 && random.nextBoolean()) {
        memories.set(random.nextInt(3), new WriterClaims(time));
      }
      for (var gateway : gateways) {
        trouble(gateway, random);
        gateway
            .tryStamp()
            .ifPresent(stamp -> assertThat(given.put(stamp, gateway)).as("%s", seed).isNull());
      }
      time.advance(TICK);
    }
    assertThat(given).as("%s", seed).hasSizeGreaterThan(300);
  }

  private static void trouble(Gateway gateway, SplittableRandom random) {
    if (random.nextInt(40) == 0) {
      gateway.cutOff.clear();
      if (random.nextBoolean()) {
        gateway.cutOff.add(random.nextInt(3));
      }
    }
  }

  /** Shows that the check of the test above catches what the claims prevent. */
  @Test
  void agentsKeepNoAccount_twoGatewaysOfOneNumberGiveTheSameStamp() {
    memories.clear();
    var first = given(FIRST, 1);
    var second = given(FIRST, 2);

    assertThat(first.tryStamp()).isPresent().isEqualTo(second.tryStamp());
  }
}
