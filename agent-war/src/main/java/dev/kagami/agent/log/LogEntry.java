package dev.kagami.agent.log;

/** What a frame of the log's files can hold: changes, and marks of the log itself. */
sealed interface LogEntry {

  /** A change of the agent's state. */
  record Change(LogRecord record) implements LogEntry {}

  /**
   * The first entry of a generation: all entries with smaller numbers lie in older ones. What older
   * ones hold from this number on was never acknowledged.
   *
   * @param fileBytes length of each of its files; a shorter one was cut
   */
  record Begun(long generation, int fileBytes) implements LogEntry {}

  /** The log was closed in order. */
  record Ended() implements LogEntry {}
}
