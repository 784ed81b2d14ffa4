package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.WriterClaim;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.core.store.WriterNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The number by which this gateway stamps, and whether it may: it claims it at each agent with each
 * Hello, and has it while none that answers has granted it to another process, and at least one has
 * confirmed it lately. So two gateways that reach one agent in common never stamp by one number.
 * Thread-safe.
 */
public final class OwnNumber {
  /** How long an agent's word counts; its lease is longer, and begins after it was asked. */
  static final Duration VALID = WriterClaims.LEASE.minusSeconds(1);

  /** Whoever keeps a number so long is alive. */
  static final Duration PATIENCE = WriterClaims.LEASE.plusSeconds(1);

  private final AgentPool agents;
  private final InstantSource clock;
  private final Optional<RandomGenerator> choice;

  // All three are changed under the lock of this.
  private volatile WriterClaim claim;
  private boolean wasHeld;
  private Optional<Instant> refusedSince = Optional.empty();

  private OwnNumber(
      AgentPool agents, WriterClaim claim, Optional<RandomGenerator> choice, InstantSource clock) {
    this.agents = agents;
    this.claim = claim;
    this.choice = choice;
    this.clock = clock;
  }

  /** A number that an operator has given. */
  public static OwnNumber given(AgentPool agents, WriterClaim claim, InstantSource clock) {
    return new OwnNumber(agents, claim, Optional.empty(), clock);
  }

  /**
   * A number that makes way: who finds it taken at the start, and not by a predecessor, takes
   * another one.
   */
  public static OwnNumber chosen(
      AgentPool agents, WriterClaim first, RandomGenerator choice, InstantSource clock) {
    return new OwnNumber(agents, first, Optional.of(choice), clock);
  }

  /** What to tell every agent with every Hello. */
  public WriterClaim claim() {
    return claim;
  }

  /** The number, if this gateway may stamp by it now. */
  synchronized Optional<WriterNumber> held() {
    var now = clock.instant();
    if (rivals().findAny().isPresent()) {
      var since = refusedSince.orElse(now);
      refusedSince = Optional.of(since);
      if (!wasHeld && !now.isBefore(since.plus(PATIENCE))) {
        choice.ifPresent(this::takeAnother);
      }
      return Optional.empty();
    }
    refusedSince = Optional.empty();
    if (!isConfirmed(now)) {
      return Optional.empty();
    }
    wasHeld = true;
    return Optional.of(claim.writer());
  }

  /** Whether it was ours once and is no other's now, should all agents be silent. */
  public synchronized boolean isOurs() {
    return held().isPresent() || (wasHeld && rivals().findAny().isEmpty());
  }

  /**
   * Whether this gateway does what one is enough for: it has the lowest number of those that live.
   * While gateways come and go there may be none for some seconds, or two.
   */
  public boolean isFirst() {
    return held()
        .filter(own -> granted().noneMatch(other -> other.writer().process() < own.process()))
        .isPresent();
  }

  /** Whether it is the only gateway of its site, as far as agents know. */
  boolean isOnly() {
    return held().isPresent() && granted().allMatch(claim::equals);
  }

  /** The number as operators give it, or why this gateway may not stamp. */
  public String text() {
    return held().isPresent() ? String.valueOf(number()) : why();
  }

  private int number() {
    return claim.writer().process() - WriterNumber.FIRST_GATEWAY;
  }

  /** Why {@link #held} is empty. */
  String why() {
    var rivals = rivals().map(WriterClaim::name).distinct().collect(joining(", "));
    return rivals.isEmpty()
        ? "no agent has confirmed its number " + number() + " lately"
        : "its number "
            + number()
            + " is that of another gateway, "
            + rivals
            + ": give each gateway of a site its own kagami.gateway.number, or none, and start this"
            + " one anew";
  }

  private void takeAnother(RandomGenerator random) {
    var taken = granted().map(WriterClaim::writer).toList();
    var free =
        IntStream.rangeClosed(WriterNumber.FIRST_GATEWAY, WriterNumber.MAX_PROCESS)
            .mapToObj(process -> new WriterNumber(claim.writer().site(), process))
            .filter(number -> !taken.contains(number))
            .toList();
    if (!free.isEmpty()) {
      var number = free.get(random.nextInt(free.size()));
      claim = new WriterClaim(number, claim.run(), claim.name());
      refusedSince = Optional.empty();
    }
  }

  private Stream<WriterClaim> rivals() {
    return granted().filter(claim::excludes);
  }

  private Stream<WriterClaim> granted() {
    return ready().flatMap(said -> said.claims().stream());
  }

  private boolean isConfirmed(Instant now) {
    return ready().allMatch(said -> confirms(said.claims()))
        && agents.agents().stream()
            .anyMatch(agent ->
                agent.status().isUsed()
                    && now.isBefore(agent.vouched().plus(VALID))
                    && agent.status().description().stream()
                        .anyMatch(said -> confirms(said.claims())));
  }

  private boolean confirms(List<WriterClaim> claims) {
    return claims.isEmpty() || claims.contains(claim);
  }

  private Stream<Description> ready() {
    return agents.agents().stream()
        .filter(Agent::isReady)
        .flatMap(agent -> agent.status().description().stream());
  }
}
