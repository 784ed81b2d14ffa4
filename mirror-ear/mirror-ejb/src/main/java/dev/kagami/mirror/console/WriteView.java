package dev.kagami.mirror.console;

import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.replication.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * One write as its origin knows it now.
 *
 * @param receipt what its client was told, if that is still known
 * @param pendingAt names of the sites that do not know yet how it ended
 */
public record WriteView(
    Stamp stamp, State state, Optional<Receipt> receipt, List<String> pendingAt) {

  /** How far it has come. */
  public enum State {
    /** It stands. */
    APPLIED,
    /** It stands nowhere: all refused it, or all have undone it. */
    NOWHERE,
    /** It does not count, and some sites have not heard so. */
    UNDO_PENDING,
    /** It stands after a crash of its origin, and some sites have not heard so. */
    DELIVERY_PENDING,
    /** Not decided. */
    UNDECIDED
  }

  public WriteView {
    pendingAt = List.copyOf(pendingAt);
  }
}
