package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException;
import java.util.Optional;

/** Hears what became of writes at targets. Must not block; may be called from any thread. */
public interface Witness {
  /** Does not care. */
  Witness NOBODY = (_, _) -> {};

  /**
   * A write was sent to a target that was connected, and the own cluster has taken or judged it.
   *
   * @param target its name, as in the mesh
   * @param failure what kept the target from doing so too
   */
  void wrote(String target, Optional<ValdException> failure);
}
