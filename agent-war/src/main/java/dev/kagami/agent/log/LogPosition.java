package dev.kagami.agent.log;

/**
 * A place between two entries of a log, where a generation ends and the next one begins.
 *
 * @param seq the last number before it
 * @param generation what follows lies in generations with this number and greater ones
 */
public record LogPosition(long seq, long generation) {
  /** Before everything. */
  public static final LogPosition START = new LogPosition(0, 0);
}
