package dev.kagami.gateway.placement;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells every agent, every second, up to where this gateway's own writes are settled there. Who
 * does not hear it now hears it a second later, so the answers do not matter. Thread-safe; never
 * blocks.
 */
final class Settling {
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final AgentPool agents;
  private final OwnStamps stamps;
  private final AgentFanout fanout;
  private final Predicate<Agent> mayBeTold;
  private final Scheduler scheduler;
  private volatile boolean closed;
  private volatile Instant lastRound;

  /**
   * @param mayBeTold not who may hold a version that is void and not know
   */
  Settling(
      AgentPool agents,
      OwnStamps stamps,
      AgentFanout fanout,
      Predicate<Agent> mayBeTold,
      Scheduler scheduler) {
    this.mayBeTold = mayBeTold;
    this.agents = agents;
    this.stamps = stamps;
    this.fanout = fanout;
    this.scheduler = scheduler;
    this.lastRound = scheduler.instant();
  }

  /** Tells them now and, until closed, every second. */
  void start() {
    if (closed) {
      return;
    }
    lastRound = scheduler.instant();
    agents.greatestStamp().ifPresent(stamps::observe);
    for (var agent : agents.agents()) {
      if (mayBeTold.test(agent)) {
        stamps.settledAt(agent).ifPresent(bound -> tell(agent, bound));
      }
    }
    scheduler.after(INTERVAL, this::start);
  }

  void close() {
    closed = true;
  }

  /** When the agents were told last, whether they listened or not. */
  Instant lastRound() {
    return lastRound;
  }

  private void tell(Agent agent, Stamp bound) {
    var _ =
        fanout.askPatiently(
            List.of(agent),
            CallContext.UNBOUNDED,
            INTERVAL,
            (store, bounded) -> store.settle(bound, bounded));
  }
}
