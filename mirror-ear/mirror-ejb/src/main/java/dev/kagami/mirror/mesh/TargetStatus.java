package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Optional;

/**
 * What was found at a target.
 *
 * @param site the site it stands for, once it was admitted; kept until the target is removed,
 *     because the journal's entries are under this site's name. Of a redundant address, the member
 *     that it is, or none if it is this site itself
 * @param standing whether it counts as a target
 * @param reason why the phase is what it is, in a sentence for operators; empty if nothing is wrong
 * @param since when the phase last changed
 */
public record TargetStatus(
    Address address,
    Optional<Site> site,
    Standing standing,
    TargetPhase phase,
    String reason,
    Instant since) {
  static final int MAX_REASON = 1000;

  public TargetStatus {
    requireNonNull(address, "address");
    requireNonNull(site, "site");
    requireNonNull(standing, "standing");
    requireNonNull(phase, "phase");
    requireNonNull(since, "since");
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }
}
