package dev.kagami.mirror.console;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.Unfinished;
import dev.kagami.mirror.console.WriteView.State;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.replication.Origin;
import dev.kagami.mirror.replication.Receipt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What may be asked about the writes of this process, and about an id. Waits for nobody longer than
 * a moment. Thread-safe.
 */
public final class WriteOperations {
  private static final Duration MOMENT = Duration.ofMillis(800);

  private final Origin origin;
  private final Scheduler scheduler;

  public WriteOperations(Origin origin, Scheduler scheduler) {
    this.origin = requireNonNull(origin, "origin");
    this.scheduler = requireNonNull(scheduler, "scheduler");
  }

  /** Where an id is, by asking every site that answers within a moment. Never fails. */
  public CompletionStage<Explanation> explain(VectorId id) {
    var call = new CallContext(scheduler.instant().plus(MOMENT), CallContext.Origin.PEER);
    return new Fanout(scheduler)
        .<Mesh.Member, Kept>ask(
            origin.sites().all(), site -> site.store().find(id, call), call.deadline())
        .thenApply(outcomes -> explanation(id, outcomes));
  }

  private Explanation explanation(VectorId id, Outcomes<Mesh.Member, Kept> outcomes) {
    var sites = new LinkedHashMap<String, Outcome<Kept>>();
    outcomes.byTarget().forEach((site, outcome) -> sites.put(site.name(), outcome));
    var writes =
        origin.receipts().of(id).stream()
            .map(receipt ->
                view(
                    receipt.stamp(),
                    origin.ledger().unfinished(receipt.stamp()),
                    Optional.of(receipt)))
            .toList();
    return new Explanation(id, sites, writes);
  }

  /**
   * What became of a write; known while it is not over, and of the last thousands after that.
   *
   * @throws NotFound if it is not known here
   */
  public WriteView receipt(Stamp stamp) {
    var unfinished = origin.ledger().unfinished(stamp);
    var receipt = origin.receipts().find(stamp);
    if (unfinished.isEmpty() && receipt.isEmpty()) {
      throw unknown(stamp);
    }
    return view(stamp, unfinished, receipt);
  }

  /** All that is undecided or owed to some site, oldest first. */
  public List<WriteView> pending() {
    return origin.ledger().unfinished().stream()
        .map(each -> view(each.stamp(), Optional.of(each), origin.receipts().find(each.stamp())))
        .toList();
  }

  private WriteView view(Stamp stamp, Optional<Unfinished> unfinished, Optional<Receipt> receipt) {
    var pendingAt = unfinished.map(this::pendingAt).orElseGet(() -> pendingAt(receipt));
    var state =
        unfinished
            .map(WriteOperations::state)
            .or(() -> receipt.map(told -> state(told, pendingAt.isEmpty())));
    return new WriteView(stamp, state.orElseThrow(), receipt, pendingAt);
  }

  private static State state(Unfinished unfinished) {
    return switch (unfinished.status()) {
      case ACTIVE -> State.UNDECIDED;
      case COMPENSATING, COMPENSATED -> State.UNDO_PENDING;
      case COMPLETED -> State.DELIVERY_PENDING;
    };
  }

  /** Of one that is over: what could not be decided at its answer was undone since. */
  private static State state(Receipt receipt, boolean everywhere) {
    return switch (receipt.verdict()) {
      case APPLIED -> State.APPLIED;
      case REFUSED -> State.NOWHERE;
      case ROLLED_BACK, UNDECIDED -> everywhere ? State.NOWHERE : State.UNDO_PENDING;
    };
  }

  /** Where the undo of one that is over comes with all else that is missing there. */
  private List<String> pendingAt(Optional<Receipt> receipt) {
    return receipt.filter(Receipt::isUndone).stream()
        .flatMap(told ->
            origin.ledger().leftToLoop(told.stamp()).stream()
                .filter(names()::contains)
                .filter(site -> !told.saysUndoneAt(site)))
        .sorted()
        .toList();
  }

  private List<String> pendingAt(Unfinished unfinished) {
    return names().stream().filter(site -> !unfinished.acknowledged().contains(site)).toList();
  }

  private List<String> names() {
    return origin.sites().all().stream().map(Mesh.Member::name).toList();
  }

  private static NotFound unknown(Stamp stamp) {
    var writer = stamp.writer();
    return new NotFound(
        "no write "
            + stamp.value()
            + " is known here: it is over and forgotten, or was never one of this mirror's; its"
            + " stamp is of process "
            + writer.process()
            + " of the site with number "
            + writer.site());
  }
}
