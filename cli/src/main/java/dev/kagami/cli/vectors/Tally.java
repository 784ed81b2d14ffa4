package dev.kagami.cli.vectors;

import io.grpc.Status;
import java.util.List;
import java.util.Map;

/**
 * What became of the vectors of a file.
 *
 * @param stored new ones, and such whose vector was another before
 * @param alreadyThere the site had exactly this
 * @param refused how many by code
 * @param reasons the messages of the first few that were refused
 */
public record Tally(
    long stored, long alreadyThere, Map<Status.Code, Long> refused, List<String> reasons) {

  public Tally {
    refused = Map.copyOf(refused);
    reasons = List.copyOf(reasons);
  }

  /** Stored, there already or refused. */
  public long answered() {
    return stored + alreadyThere + refusals();
  }

  public long refusals() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
