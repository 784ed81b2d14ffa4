package dev.kagami.agent.index;

import java.util.Optional;

/** Makes scorers, a thread's own. Thread-safe. */
interface Scorers {
  /** A scorer that has yet to be told what to compare with. */
  Scorer scorer();

  /**
   * A scorer that is faster than {@code prepared} and roughly agrees with it, until that is told to
   * compare with something else.
   *
   * @return empty if the metric, or what is compared with, does not allow it
   */
  Optional<Nearness> rough(Scorer prepared);
}
