package dev.kagami.mirror.mesh;

import java.util.concurrent.CompletionStage;

/**
 * What this process owes to targets: how its earlier writes ended, and all that they missed.
 * Thread-safe; never blocks.
 */
public interface Dues {

  /**
   * Brings {@code target} all that it misses now, which may take long.
   *
   * @param target its name, as in the mesh
   * @return whether it has all that it missed when this was asked; false if it has stopped taking
   *     it. Never fails
   */
  CompletionStage<Boolean> bringTo(String target);
}
