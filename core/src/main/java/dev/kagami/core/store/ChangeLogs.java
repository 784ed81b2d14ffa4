package dev.kagami.core.store;

import java.util.List;

/**
 * The change logs of a store: together they name every version and mark that its agents hold,
 * replicas each.
 *
 * @param missing names of the agents that should have told theirs and did not
 */
public record ChangeLogs(List<ChangeLog> logs, List<String> missing) {
  public ChangeLogs {
    logs = List.copyOf(logs);
    missing = List.copyOf(missing);
  }
}
