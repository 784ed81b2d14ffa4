package dev.kagami.agent.log;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * What makes a write durable: an ordered list of changes that survives a crash. Records have
 * ascending numbers from 1 on, with gaps.
 *
 * <p>It lies in generations, so that its beginning can be forgotten once something else holds what
 * it told: {@link #prepare} the next generation, {@link #begin} it, save all that came before, and
 * {@link #forget} that.
 *
 * <p>Life cycle: {@link #replay} once, then {@link #append}; {@link #close} at the end.
 */
public interface WriteAheadLog extends AutoCloseable {

  /** Is told of each record that was found at start. */
  @FunctionalInterface
  interface Replay {
    void record(long seq, LogRecord record);
  }

  /** A generation that was made ready. */
  interface Next {}

  /**
   * Tells {@code target} all records after {@code covered} that may have been acknowledged, in
   * order, and opens the log for more. Blocks. A log that is damaged tells what can still be read
   * and has {@link #failure}.
   *
   * @param covered what is saved elsewhere and need not be here any more
   */
  void replay(LogPosition covered, Replay target);

  /** The same for a log that nothing of is saved elsewhere. */
  default void replay(Replay target) {
    replay(LogPosition.START, target);
  }

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
   * Makes a generation ready, which takes its time; appending goes on meanwhile. One thread alone
   * may see to generations.
   *
   * @throws dev.kagami.core.error.ValdException.Unavailable if the log has a {@link #failure}
   */
  Next prepare();

  /**
   * Has all that is appended from now on go to {@code next}. A turn like {@link #append}: it does
   * not block.
   *
   * @return where it begins
   * @throws dev.kagami.core.error.ValdException.Unavailable if the log has a {@link #failure}
   */
  LogPosition begin(Next next);

  /**
   * Deletes the generations before {@code covered}, whose records are durable elsewhere. Blocks;
   * for the thread that sees to generations.
   */
  void forget(LogPosition covered);

  /** Bytes of all generations that are not forgotten, roughly. */
  long bytes();

  /**
   * Why nothing can be appended: damage found at start, an I/O error, a failed fsync. It stays
   * until a restart, which decides from the disk.
   */
  Optional<String> failure();

  /** Waits for what was appended, and ends. */
  @Override
  void close();
}
