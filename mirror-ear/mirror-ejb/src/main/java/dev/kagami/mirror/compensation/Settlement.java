package dev.kagami.mirror.compensation;

import dev.kagami.mirror.mesh.Mesh;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells each site, again and again, up to which stamp all of this origin's is decided and every
 * undo known <em>there</em>; what lies beneath may then be dropped. What one site is told depends
 * on nobody else. A telling that fails is made good by the next. Thread-safe.
 *
 * <p>Law: a target that is not connected is told nothing. What was owed to it before it was removed
 * and added again is in no account any more, and comes with what it is brought.
 */
public final class Settlement {
  private final Sites sites;
  private final Ledger ledger;
  private final Compensator compensator;
  private final Means means;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  public Settlement(Sites sites, Ledger ledger, Compensator compensator, Means means) {
    this.sites = sites;
    this.ledger = ledger;
    this.compensator = compensator;
    this.means = means;
  }

  /** Begins; to be called once. */
  public void start() {
    means.scheduler().after(means.patience().settling(), this::tick);
  }

  /** No further telling begins. */
  public void stop() {
    stopped = true;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    compensator.reconcile();
    sites.all().stream().filter(Mesh.Member::isConnected).forEach(this::tell);
    start();
  }

  private void tell(Mesh.Member site) {
    ledger
        .settledAt(site.name())
        .filter(_ -> underWay.add(site.name()))
        .ifPresent(settled ->
            means
                .<Void>ask(site, (there, call) -> there.store().settle(settled, call))
                .thenAccept(_ -> underWay.remove(site.name())));
  }
}
