package dev.kagami.mirror.console;

import dev.kagami.mirror.verification.Verification;
import java.util.Optional;

/**
 * Whether a target holds the same as the own site, as far as that is known.
 *
 * @param result of the comparison that ended last, if one has since this process began
 * @param obstacle why the target is not compared now; nothing if it can be, or is no target
 */
public record VerificationView(Optional<Verification> result, Optional<String> obstacle) {
  /** Of what is no target, or was never reached. */
  public static final VerificationView NONE =
      new VerificationView(Optional.empty(), Optional.empty());
}
