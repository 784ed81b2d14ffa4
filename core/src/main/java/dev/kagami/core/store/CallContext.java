package dev.kagami.core.store;

import java.time.Duration;
import java.time.Instant;

/**
 * On whose behalf a call is made and until when its answer is of use.
 *
 * @param deadline after it nobody waits; {@link Instant#MAX} if the caller gave none
 * @param origin who asks
 */
public record CallContext(Instant deadline, Origin origin) {
  /** Who asks. */
  public enum Origin {
    /** A user, or a process of another system. */
    USER,
    /** An authenticated process of this mesh: what it sends is for this site alone. */
    PEER
  }

  /** A user's call without a deadline. */
  public static final CallContext UNBOUNDED = new CallContext(Instant.MAX, Origin.USER);

  public boolean isForwarded() {
    return origin == Origin.PEER;
  }

  /** This call, not waiting longer than {@code limit} from {@code now} on. */
  public CallContext within(Duration limit, Instant now) {
    var latest = now.plus(limit);
    return latest.isBefore(deadline) ? new CallContext(latest, origin) : this;
  }
}
