package dev.kagami.agent.log;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * What makes a write durable: an ordered list of changes that survives a crash. Records have
 * ascending numbers from 1 on, with gaps.
 *
 * <p>Life cycle: {@link #replay} once, then {@link #append}; {@link #close} at the end.
 */
public interface WriteAheadLog extends AutoCloseable {

  /** Is told of each record that was found at start. */
  @FunctionalInterface
  interface Replay {
    void record(long seq, LogRecord record);
  }

  /**
   * Tells {@code target} all records that may have been acknowledged, in order, and opens the log
   * for more. Blocks. A log that is damaged tells what can still be read and has {@link #failure}.
   */
  void replay(Replay target);

  /**
   * Adds a record; does not block, and returns before the record is durable. Callers take turns:
   * the order of calls is the order of the log.
   *
   * @return the record's number
   * @throws dev.kagami.core.error.ValdException.Unavailable if the log has a {@link #failure}
   */
  long append(LogRecord record);

  /**
   * Ends when all records up to {@code seq} are on disk, at once if they are, and with {@link
   * dev.kagami.core.error.ValdException.Unavailable} if that cannot be told any more. May be called
   * from any thread; dependents run on the log's thread and must not block.
   */
  CompletionStage<Void> durable(long seq);

  /** All records up to this number are on disk; never decreases. */
  long durable();

  /**
   * Differs from that of any other log, and stays through restarts: a reader's place in the order
   * of changes means something in this log alone. Known after {@link #replay}.
   */
  UUID identity();

  /**
   * Why nothing can be appended: damage found at start, an I/O error, a failed fsync. It stays
   * until a restart, which decides from the disk.
   */
  Optional<String> failure();

  /** Waits for what was appended, and ends. */
  @Override
  void close();
}
