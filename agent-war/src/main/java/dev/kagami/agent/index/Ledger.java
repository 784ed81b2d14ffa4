package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.log.LogRecord;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.error.ValdException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The contents and their log, changed together. Owns the one write lock, which guards versions,
 * slots, visible bits and the order of the log, and is held for microseconds. Thread-safe.
 */
final class Ledger {
  private final WriteAheadLog log;
  private final Supplier<Contents> nothing;
  private final ReentrantLock turn = new ReentrantLock();

  private final AtomicLong performed = new AtomicLong();

  /** Replaced in turn, by a flush. */
  private volatile Contents contents;

  /**
   * Replays {@code log} into {@code contents}, which takes its time.
   *
   * @param covered what {@code contents} hold already
   * @param nothing makes empty contents, for a flush
   */
  Ledger(
      WriteAheadLog log, Contents contents, CheckpointState covered, Supplier<Contents> nothing) {
    this.log = log;
    this.nothing = nothing;
    this.contents = contents;
    log.replay(covered.position(), this::take);
    check(covered);
  }

  private void check(CheckpointState covered) {
    if (covered.log().filter(of -> !of.equals(log.identity())).isPresent()) {
      throw new IllegalStateException(
          "kagami.agent.data: the checkpoint is of another log than the one beside it");
    }
  }

  /** How many records were performed, those that were replayed among them. */
  long performed() {
    return performed.get();
  }

  WriteAheadLog log() {
    return log;
  }

  /**
   * What is held until the next flush. Only what it says about other threads may be used out of
   * turn.
   */
  Contents contents() {
    return contents;
  }

  /** Takes {@code decision} in turn and passes its answer on when that is durable. */
  <R> CompletionStage<R> write(Supplier<Answer<R>> decision) {
    Answer<R> answer;
    try {
      answer = inTurn(decision);
    } catch (ValdException refused) {
      return CompletableFuture.failedStage(refused);
    }
    var result = new CompletableFuture<R>();
    log.durable(answer.seq())
        .whenComplete((_, lost) -> {
          if (lost != null) {
            result.completeExceptionally(lost);
          } else {
            answer.giveTo(result);
          }
        });
    return result;
  }

  /** Runs {@code task} while nobody writes; it must be short. */
  <R> R inTurn(Supplier<R> task) {
    turn.lock();
    try {
      return task.get();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Puts {@code record} in the log, then in memory; only in turn.
   *
   * @return its number
   */
  long perform(LogRecord record) {
    long seq = log.append(record);
    take(seq, record);
    return seq;
  }

  private void take(long seq, LogRecord record) {
    if (record instanceof LogRecord.Flushed(var upTo)) {
      var rest = nothing.get();
      rest.flush(seq, upTo, contents);
      contents = rest;
    } else {
      contents.perform(seq, record);
    }
    performed.incrementAndGet();
  }
}
