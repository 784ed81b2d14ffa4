package dev.kagami.mirror.console;

import dev.kagami.core.catchup.Progress;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.Standing;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One target as an operator sees it.
 *
 * @param site the name of the site it stands for, once it was admitted
 * @param sources who has a word about it
 * @param desired what operators want of it; {@link Desired#REMOVED} if they have removed it
 * @param standing whether writes here concern it; a removed one is {@link Standing#REDUNDANT}
 * @param phase how this process sees it
 * @param reason why, in a sentence; empty if nothing is wrong
 * @param since when the phase last changed, or the target was removed
 * @param progress how far it is behind, if it was reached since this process began
 * @param verification whether it holds the same
 */
public record TargetView(
    Address address,
    Optional<String> site,
    List<Source> sources,
    Desired desired,
    Standing standing,
    TargetPhase phase,
    String reason,
    Instant since,
    Optional<Progress> progress,
    VerificationView verification) {
  public TargetView {
    sources = List.copyOf(sources);
  }
}
