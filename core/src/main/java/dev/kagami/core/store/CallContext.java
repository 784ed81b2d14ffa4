package dev.kagami.core.store;

import java.time.Duration;
import java.time.Instant;

/**
 * On whose behalf a call is made and until when its answer is of use.
 *
 * @param deadline after it nobody waits; {@link Instant#MAX} if the caller gave none
 * @param origin who asks
 * @param metadata what comes and goes beside the message
 */
public record CallContext(Instant deadline, Origin origin, CallMetadata metadata) {
  /** Who asks. */
  public enum Origin {
    /** A user, or a process of another system. */
    USER,
    /** An authenticated process of this mesh: what it sends is for this site alone. */
    PEER
  }

  /** A user's call without a deadline. */
  public static final CallContext UNBOUNDED = new CallContext(Instant.MAX, Origin.USER);

  /** A call with nothing beside its message. */
  public CallContext(Instant deadline, Origin origin) {
    this(deadline, origin, CallMetadata.NONE);
  }

  /** The call on behalf of one of several requests that came in this one. */
  public CallContext ofAPart() {
    return new CallContext(deadline, origin, metadata.ofAPart());
  }

  public boolean isForwarded() {
    return origin == Origin.PEER;
  }

  /** This call, not waiting longer than {@code limit} from {@code now} on. */
  public CallContext within(Duration limit, Instant now) {
    var latest = now.plus(limit);
    return latest.isBefore(deadline) ? new CallContext(latest, origin, metadata) : this;
  }
}
