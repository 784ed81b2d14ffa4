package dev.kagami.core.clock;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Runs something later. It is the wall clock as well, so that a simulation can move both together.
 */
public interface Scheduler extends InstantSource {

  /** Runs {@code task} once, {@code delay} from now; the task must not block. */
  Cancellable after(Duration delay, Runnable task);

  /** Something that has not happened yet. */
  interface Cancellable {
    /** Keeps it from happening, if it has not begun; twice equals once. */
    void cancel();
  }
}
