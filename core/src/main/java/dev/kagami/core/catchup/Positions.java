package dev.kagami.core.catchup;

import dev.kagami.core.store.ChangePosition;
import java.util.UUID;

/**
 * How far one target has come in the change logs of its source. Must not block; may be called from
 * any thread.
 */
public interface Positions {

  /** Up to where the target has everything; the beginning of a log that is not known. */
  ChangePosition in(UUID log);

  /**
   * The target has everything up to {@code to} if it has everything up to {@code from}: nothing
   * changes if that is not what is known of it any more. It need not be durable when this returns:
   * an older position only costs time.
   *
   * @param to in the same log
   */
  void reached(ChangePosition from, ChangePosition to);

  /** From now on nothing is known of what the target has. */
  void startOver();
}
