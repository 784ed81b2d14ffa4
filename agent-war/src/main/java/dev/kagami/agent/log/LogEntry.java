package dev.kagami.agent.log;

/** What a frame of the log's files can hold: changes, and marks of the log itself. */
sealed interface LogEntry {

  /** A change of the agent's state. */
  record Change(LogRecord record) implements LogEntry {}

  /**
   * The first entry of a generation that a start began: all entries with smaller numbers lie in
   * older ones. What older ones hold from this number on was never acknowledged.
   *
   * @param fileBytes length of each of its files; a shorter one was cut
   */
  record Begun(long generation, int fileBytes) implements LogEntry {}

  /**
   * The first entry of a generation that was begun while the one before was still being written.
   * The end of that may have been lost in a crash, and with it all that follows here.
   *
   * @param fileBytes length of each of its files
   */
  record Continued(long generation, int fileBytes) implements LogEntry {}

  /** The log was closed in order. */
  record Ended() implements LogEntry {}
}
