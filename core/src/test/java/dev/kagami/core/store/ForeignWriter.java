package dev.kagami.core.store;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.vector.Timestamp;
import java.time.InstantSource;

/** An origin somewhere else in the mesh, which stamps each of its writes later than the last. */
public final class ForeignWriter {
  private final HybridClock clock;

  public ForeignWriter(WriterNumber number, InstantSource wall) {
    this.clock = new HybridClock(wall, number, Stamp.NONE);
  }

  /** The next transaction, at a time of its origin's. */
  public WriteTime now() {
    return WriteTime.UNSTAMPED.stamped(clock.next());
  }

  /** The next transaction, at a time that a client gave. */
  public WriteTime at(Timestamp timestamp) {
    return WriteTime.ofClient(timestamp).stamped(clock.next());
  }

  /** Stamps later than {@code version} from now on. */
  public void see(Version version) {
    clock.observe(version.stamp());
  }
}
