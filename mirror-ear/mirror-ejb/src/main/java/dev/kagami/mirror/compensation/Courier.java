package dev.kagami.mirror.compensation;

import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.Stamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Tells one site what is owed to it, again and again with growing waits until it acknowledges. No
 * errand waits for another: each is on its way on its own. Thread-safe.
 */
final class Courier {
  private final String site;
  private final Sites sites;
  private final Ledger ledger;
  private final Means means;
  private final Consumer<Stamp> whenAcknowledged;

  // All state below is guarded by this.
  private final Map<Stamp, CompletionStage<Void>> onTheWay = new HashMap<>();
  private int failures;
  private boolean retryIsSet;

  /**
   * @param site its name; its store is looked up for each call
   * @param whenAcknowledged told after the ledger was
   */
  Courier(String site, Sites sites, Ledger ledger, Means means, Consumer<Stamp> whenAcknowledged) {
    this.site = site;
    this.sites = sites;
    this.ledger = ledger;
    this.means = means;
    this.whenAcknowledged = whenAcknowledged;
  }

  /**
   * Sets out with all that is owed, without waiting for the next retry.
   *
   * @return ends when all are back, acknowledged or not
   */
  CompletionStage<Void> bringAll() {
    return CompletableFuture.allOf(
        ledger.owedTo(site).stream()
            .map(errand -> bring(errand).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Sets out with {@code errand}, unless it is on its way or the site is in the mesh no more.
   *
   * @return ends when it is back, acknowledged or not
   */
  CompletionStage<Void> bring(Errand errand) {
    var member = sites.find(site);
    if (member.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var way = new CompletableFuture<Void>();
    return setOut(errand.stamp(), way)
        .orElseGet(() ->
            means
                .<Void>ask(member.get(), (there, call) -> errand.tell(there.store(), call))
                .thenAccept(outcome -> back(errand.stamp(), outcome))
                .thenAccept(way::complete));
  }

  /** The way of an earlier call, if one is under way. */
  private synchronized Optional<CompletionStage<Void>> setOut(
      Stamp stamp, CompletionStage<Void> way) {
    return Optional.ofNullable(onTheWay.putIfAbsent(stamp, way));
  }

  private void back(Stamp stamp, Outcome<Void> outcome) {
    switch (outcome) {
      case Outcome.Answered<Void> _ -> {
        succeeded(stamp);
        ledger.acknowledge(stamp, site);
        whenAcknowledged.accept(stamp);
      }
      case Outcome.Rejected<Void> _ -> failed(stamp);
      case Outcome.Unknown<Void> _ -> failed(stamp);
    }
  }

  private synchronized void succeeded(Stamp stamp) {
    onTheWay.remove(stamp);
    failures = 0;
  }

  private synchronized void failed(Stamp stamp) {
    onTheWay.remove(stamp);
    failures++;
    if (!retryIsSet) {
      retryIsSet = true;
      means.retry(failures, this::retry);
    }
  }

  private void retry() {
    synchronized (this) {
      retryIsSet = false;
    }
    bringAll();
  }
}
