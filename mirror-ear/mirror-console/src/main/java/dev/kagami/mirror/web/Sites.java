package dev.kagami.mirror.web;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.mirror.console.MirrorOperations;
import dev.kagami.mirror.console.SiteView;
import dev.kagami.mirror.console.TargetView;
import dev.kagami.mirror.mesh.Standing;
import dev.kagami.mirror.mesh.TargetPhase;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** This site and its mirror targets, as they are when the page is drawn. */
@Named
@RequestScoped
public class Sites {
  private final MirrorOperations operations;
  private final Scheduler clock;
  private SiteView own;
  private List<TargetView> targets;

  /** For CDI. */
  protected Sites() {
    this(null, null);
  }

  @Inject
  Sites(MirrorOperations operations, Scheduler clock) {
    this.operations = operations;
    this.clock = clock;
  }

  @PostConstruct
  void look() {
    own = operations.site();
    targets = operations.targets();
  }

  public SiteView getOwn() {
    return own;
  }

  public List<TargetRow> getTargets() {
    return targets.stream().map(TargetRow::of).toList();
  }

  /** What the phases mean for somebody who wants to write. */
  public String getVerdict() {
    return verdict(targets);
  }

  static String verdict(List<TargetView> targets) {
    var wanted = targets.stream().filter(each -> each.standing() == Standing.MEMBER).toList();
    var missing = wanted.stream().filter(each -> each.phase() != TargetPhase.CONNECTED).toList();
    if (wanted.isEmpty()) {
      return "This site mirrors to nobody.";
    }
    if (missing.isEmpty()) {
      return "Every target is connected: a write is at all sites, or at none.";
    }
    return missing.size()
        + " of "
        + wanted.size()
        + " targets are not connected: each is brought what it misses before writes wait for it.";
  }

  public String getAsOf() {
    return TargetRow.text(clock.instant());
  }
}
