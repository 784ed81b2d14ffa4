package dev.kagami.core.store;

import java.util.List;

/**
 * Some changes of one log.
 *
 * @param changes by ascending number
 * @param next where to go on; who has these changes is there
 * @param end of the log, as {@link ChangeLog#end}
 */
public record ChangePage(List<Change> changes, ChangePosition next, long end) {
  public ChangePage {
    changes = List.copyOf(changes);
  }

  /** Whether nothing was left when this was read. */
  public boolean isLast() {
    return next.seq() >= end;
  }
}
