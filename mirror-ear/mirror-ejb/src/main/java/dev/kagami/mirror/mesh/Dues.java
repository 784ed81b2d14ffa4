package dev.kagami.mirror.mesh;

import java.util.concurrent.CompletionStage;

/**
 * What this process owes to targets: how its earlier writes ended, and all that they missed.
 * Thread-safe; never blocks.
 */
public interface Dues {

  /**
   * Tells {@code target} all that is owed to it, once and at once.
   *
   * @param target its name, as in the mesh
   * @return whether nothing is owed to it any more; ends when it has answered or a deadline is
   *     over, and never fails
   */
  CompletionStage<Boolean> bringTo(String target);
}
