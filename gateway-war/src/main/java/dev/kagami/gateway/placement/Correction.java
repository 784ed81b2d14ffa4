package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.toMap;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.gateway.placement.Agent.Drain;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sees to it that all copies are there and none is old: runs a {@link CorrectionRound} when agents
 * come, are lost, given up or emptied, when one has missed writes or may have forgotten some, and
 * now and then. Until a round has ended well, who is behind is not read from. Thread-safe; never
 * blocks.
 */
final class Correction {
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * For so long all agents have to be there, and this gateway the only one, before copies are
   * dropped. Two gateways that start do not know of each other for less.
   */
  static final Duration CALM = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(Correction.class.getName());

  private final AgentPool agents;
  private final Holders holders;
  private final OwnStamps stamps;
  private final AgentFanout fanout;
  private final OwnNumber number;
  private final Scheduler scheduler;
  private final CorrectionSettings settings;

  /** Who is known, and who of them gets copies. */
  private record Plan(List<Agent> known, Set<Agent> placed) {}

  /**
   * A round that has ended well.
   *
   * @param dropped whether it dropped copies that were too many, as far as that could be
   */
  private record Done(
      Plan plan, Set<Agent> asked, Instant end, Findings findings, boolean dropped) {}

  private volatile Optional<Done> done = Optional.empty();
  private volatile Optional<CorrectionRound> running = Optional.empty();
  private volatile String trouble = "";
  private volatile Plan whole = new Plan(List.of(), Set.of());
  private volatile Instant wholeSince = Instant.MAX;
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param number whose first keeps the copies even; the others run only what they have to know
   *     themselves, and what was asked of them
   */
  Correction(
      AgentPool agents,
      Holders holders,
      OwnStamps stamps,
      AgentFanout fanout,
      OwnNumber number,
      Scheduler scheduler,
      CorrectionSettings settings) {
    this.agents = agents;
    this.holders = holders;
    this.stamps = stamps;
    this.fanout = fanout;
    this.number = number;
    this.scheduler = scheduler;
    this.settings = settings;
  }

  /** Looks whether a round is due, now and every second. */
  void start() {
    if (closed) {
      return;
    }
    agents.agents().forEach(this::countLost);
    watchWhole();
    if (running.isEmpty() && isDue()) {
      run();
    }
    scheduler.after(INTERVAL, this::start);
  }

  void close() {
    closed = true;
  }

  /**
   * Whether {@code agent} may be told that something is settled: not before it is known to have
   * heard of all voids.
   */
  boolean isUpToDate(Agent agent) {
    return agent.isReady()
        && !agent.isBehind()
        && done.filter(last -> last.asked().contains(agent)).isPresent();
  }

  CorrectionStatus status() {
    var now = running;
    return new CorrectionStatus(
        now.map(CorrectionRound::progress),
        rounds.get(),
        done.map(Done::end),
        now.map(CorrectionRound::findings).or(() -> done.map(Done::findings)).orElse(Findings.NONE),
        trouble,
        agents.agents().stream().filter(Agent::isBehind).map(Agent::name).toList());
  }

  /**
   * Begins to empty an agent: others get copies of what it holds.
   *
   * @return why not; empty if it begins
   */
  Optional<String> drain(String name) {
    var leaving = agents.agent(name);
    if (leaving.isEmpty()) {
      return Optional.of("there is no agent " + name);
    }
    long staying =
        agents.agents().stream()
            .filter(agent -> agent.isReady() && agent.isPlaced() && !agent.name().equals(name))
            .count();
    if (staying < holders.replicas()) {
      return Optional.of(
          holders.replicas() + " copies are wanted, and only " + staying + " agents would be left");
    }
    if (leaving.get().drain() == Drain.NONE) {
      leaving.get().drain(Drain.RUNNING);
    }
    return Optional.empty();
  }

  /** An agent stays after all; false if it is not known. */
  boolean keep(String name) {
    var staying = agents.agent(name);
    staying.ifPresent(agent -> agent.drain(Drain.NONE));
    return staying.isPresent();
  }

  private void countLost(Agent agent) {
    boolean isAway = !agent.isReady();
    agent.countAsLost(
        isAway
            && !agent.since().equals(Instant.MAX)
            && !scheduler.instant().isBefore(agent.since().plus(settings.lostAfter())));
  }

  private void watchWhole() {
    var now = plan();
    if (!isWhole()) {
      wholeSince = Instant.MAX;
    } else if (wholeSince.equals(Instant.MAX) || !now.equals(whole)) {
      wholeSince = scheduler.instant();
    }
    whole = now;
  }

  /** Another gateway may have been told to empty an agent, and this one not. */
  private boolean isWhole() {
    return number.isOnly()
        && agents.agents().stream().allMatch(agent -> agent.isHeard() && agent.isPlaced());
  }

  private boolean mayDrop() {
    return isWhole()
        && !wholeSince.equals(Instant.MAX)
        && agents.agents().equals(whole.known())
        && !scheduler.instant().isBefore(wholeSince.plus(CALM));
  }

  private Plan plan() {
    var known = agents.agents();
    var placed = new HashSet<>(known);
    placed.removeIf(agent -> !agent.isPlaced());
    return new Plan(known, placed);
  }

  private boolean isDue() {
    var ready = agents.agents().stream().filter(Agent::isReady).toList();
    return !ready.isEmpty()
        && (ready.stream().anyMatch(agent -> agent.isBehind() || !wasAsked(agent))
            || ((number.isFirst() || isEmptying()) && mayBeUneven())
            || (mayDrop() && mayHaveExtraCopies()));
  }

  /** What a round has copied, others may have too many of since. */
  private boolean mayHaveExtraCopies() {
    return done.filter(last ->
            last.findings().copied() > 0 || (last.findings().extra() > 0 && !last.dropped()))
        .isPresent();
  }

  private boolean isEmptying() {
    return agents.agents().stream().anyMatch(agent -> agent.drain() == Drain.RUNNING);
  }

  private boolean mayBeUneven() {
    return done.filter(last -> last.plan().equals(plan()))
        .filter(last -> scheduler.instant().isBefore(last.end().plus(settings.interval())))
        .isEmpty();
  }

  private boolean wasAsked(Agent agent) {
    return done.filter(last -> last.asked().contains(agent)).isPresent();
  }

  private void run() {
    var plan = plan();
    var asked = plan.known().stream().filter(Agent::isReady).toList();
    Map<Agent, Long> missed = asked.stream().collect(toMap(agent -> agent, Agent::missed));
    boolean drops = mayDrop();
    var extraCopies =
        new ExtraCopies(
            holders.replicas(),
            () -> drops && mayDrop(),
            ExtraCopies::storedAgain,
            fanout,
            settings.concurrency());
    var round =
        new CorrectionRound(asked, holders, stamps, fanout, scheduler, settings, extraCopies);
    running = Optional.of(round);
    var _ =
        round
            .run(plan.known())
            .whenComplete((_, failure) -> {
              if (failure == null) {
                missed.forEach(Agent::catchesUp);
                end(plan, Set.copyOf(asked), round.findings(), drops);
              } else {
                trouble = failure.toString();
                LOG.log(Level.DEBUG, "the copies are not even yet: {0}", failure);
              }
              running = Optional.empty();
            });
  }

  private void end(Plan plan, Set<Agent> asked, Findings findings, boolean dropped) {
    var before = done;
    var all = new HashSet<>(asked);
    before.ifPresent(last -> all.addAll(last.asked()));
    done = Optional.of(new Done(plan, all, scheduler.instant(), findings, dropped));
    plan.known().stream()
        .filter(agent -> agent.drain() == Drain.RUNNING && !plan.placed().contains(agent))
        .forEach(agent -> agent.drain(Drain.DONE));
    rounds.incrementAndGet();
    trouble = "";
    if (findings.copied() > 0 || findings.unheard() > 0 || findings.dropped() > 0) {
      LOG.log(Level.INFO, "the copies were evened: {0}", findings);
    }
  }
}
