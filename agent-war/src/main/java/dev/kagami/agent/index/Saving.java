package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.Checkpoints;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where and when an index saves checkpoints.
 *
 * @param executor one thread of its own, which must not be interrupted
 */
public record Saving(Checkpoints checkpoints, Executor executor, Triggers triggers) {
  /** No checkpoints: the log is all there is. */
  public static final Saving NEVER = new Saving(Checkpoints.NONE, Runnable::run, Triggers.USUAL);

  /**
   * What has an index saved without being asked, the first that is reached; and its graph with it.
   *
   * @param logBytes length of the log
   * @param records how many records a start would have to replay
   * @param age time since the first change that is not saved
   * @param links how many links the saved graph may lack, or a fiftieth of them if that is less,
   *     but a thousand at least
   */
  public record Triggers(long logBytes, long records, Duration age, int links) {
    public static final Triggers USUAL =
        new Triggers(512L << 20, 1_000_000, Duration.ofMinutes(5), 20_000);
  }
}
