package dev.kagami.mirror.compensation;

import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.Stamp;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells one site what is owed to it, again and again with growing waits until it acknowledges. No
 * errand waits for another: each is on its way on its own. Thread-safe.
 */
final class Courier {
  private final String site;
  private final Sites sites;
  private final Ledger ledger;
  private final Means means;
  private final Runnable whenAcknowledged;

  // All state below is guarded by this.
  private final Set<Stamp> onTheWay = new HashSet<>();
  private int failures;
  private boolean retryIsSet;

  /**
   * @param site its name; its store is looked up for each call
   * @param whenAcknowledged told after the ledger was
   */
  Courier(String site, Sites sites, Ledger ledger, Means means, Runnable whenAcknowledged) {
    this.site = site;
    this.sites = sites;
    this.ledger = ledger;
    this.means = means;
    this.whenAcknowledged = whenAcknowledged;
  }

  /** Sets out with all that is owed, without waiting for the next retry. */
  void bringAll() {
    ledger.owedTo(site).forEach(this::bring);
  }

  /** Sets out with {@code errand}, unless it is on its way or the site is in the mesh no more. */
  void bring(Errand errand) {
    var member = sites.find(site);
    if (member.isPresent() && setOut(errand.stamp())) {
      means
          .<Void>ask(member.get(), (there, call) -> errand.tell(there.store(), call))
          .thenAccept(outcome -> back(errand.stamp(), outcome));
    }
  }

  private synchronized boolean setOut(Stamp stamp) {
    return onTheWay.add(stamp);
  }

  private void back(Stamp stamp, Outcome<Void> outcome) {
    switch (outcome) {
      case Outcome.Answered<Void> _ -> {
        succeeded(stamp);
        ledger.acknowledge(stamp, site);
        whenAcknowledged.run();
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
