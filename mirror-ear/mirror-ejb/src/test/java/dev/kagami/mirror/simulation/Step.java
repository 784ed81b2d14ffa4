package dev.kagami.mirror.simulation;

/** One thing that happens in a run. */
sealed interface Step {
  /** Milliseconds from the beginning. */
  int at();

  /**
   * A client asks a site for a write.
   *
   * @param content which vector
   */
  record Write(int at, int site, Kind kind, int id, int content, ClientTime time) implements Step {
    /** Which write. */
    enum Kind {
      INSERT,
      UPDATE,
      UPSERT,
      REMOVE
    }

    /** The timestamp that a client gives, as it sees the time. */
    enum ClientTime {
      NONE,
      NOW,
      SECONDS_AGO,
      SECONDS_AHEAD,
      THE_SAME_FOR_ALL
    }
  }

  /** Something goes wrong, for so many milliseconds. */
  sealed interface Fault extends Step {
    int lasts();

    /**
     * A mirror process is killed.
     *
     * @param effects how much it still does before
     * @param survivors records of its journal that were not durable and are there all the same
     * @param lasts until another one takes over
     */
    record Crash(int at, int site, int effects, int survivors, int lasts) implements Fault {}

    /** Nothing gets from a site to another, or from a mirror to its own cluster and back. */
    record Cut(int at, int from, int to, int lasts) implements Fault {}

    /** Messages are lost, very late, or come twice. */
    record Weather(int at, Sky sky, int lasts) implements Fault {}

    /** A site's clock is set forward or back, and later to where it would have been. */
    record ClockJump(int at, int site, int seconds, int lasts) implements Fault {}

    /** A mirror's journal takes nothing. */
    record FullJournal(int at, int site, int lasts) implements Fault {}

    /** A site's cluster takes no writes. */
    record FullCluster(int at, int site, int lasts) implements Fault {}

    /** A site's operator removes a target, and adds it again. */
    record Removal(int at, int site, int target, int lasts) implements Fault {}
  }
}
