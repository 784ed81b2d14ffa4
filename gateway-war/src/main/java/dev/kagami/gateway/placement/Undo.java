package dev.kagami.gateway.placement;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.VoidMark;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Takes back writes of this gateway's own: the void mark goes to every holder, whatever it
 * answered, because an error may have landed; to who does not acknowledge it goes again, with
 * growing pauses, until it does. Thread-safe; never blocks.
 */
final class Undo {
  /** How long the client waits for the acknowledgements. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final OwnStamps stamps;
  private final Holders holders;
  private final AgentFanout fanout;
  private final Scheduler scheduler;
  private volatile boolean closed;

  Undo(OwnStamps stamps, Holders holders, AgentFanout fanout, Scheduler scheduler) {
    this.stamps = stamps;
    this.holders = holders;
    this.fanout = fanout;
    this.scheduler = scheduler;
  }

  /**
   * Voids {@code mark} everywhere; ends, never failing, with those that still have to hear.
   *
   * @param sentTo who may have it
   */
  CompletionStage<Set<Agent>> takeBack(VoidMark mark, List<Agent> sentTo) {
    var targets = holders.isExact() ? holders.of(mark.id()) : sentTo;
    stamps.voided(mark.stamp(), targets);
    return send(mark, targets)
        .thenApply(outcomes -> {
          var pending = note(mark, outcomes);
          pending.forEach(holder -> sendAgain(mark, holder, FIRST_PAUSE));
          return pending;
        });
  }

  void close() {
    closed = true;
  }

  private void sendAgain(VoidMark mark, Agent holder, Duration pause) {
    if (closed) {
      return;
    }
    scheduler.after(
        pause,
        () ->
            send(mark, List.of(holder))
                .thenAccept(outcomes ->
                    note(mark, outcomes).forEach(still -> sendAgain(mark, still, longer(pause)))));
  }

  private CompletionStage<Outcomes<Agent, Void>> send(VoidMark mark, List<Agent> targets) {
    return fanout.ask(
        targets, CallContext.UNBOUNDED, PATIENCE, (store, bounded) -> store.revoke(mark, bounded));
  }

  /** Notes who acknowledged; who did not is returned. */
  private Set<Agent> note(VoidMark mark, Outcomes<Agent, Void> outcomes) {
    var pending = outcomes.failures().keySet();
    outcomes.targets().stream()
        .filter(holder -> !pending.contains(holder))
        .forEach(holder -> stamps.acknowledged(mark.stamp(), holder));
    return pending;
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
