package dev.kagami.agent.log;

import dev.kagami.core.error.ValdException.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A log whose disk is a list: durable at once, unless it is told to be slow or broken. Thread-safe.
 */
public final class MemoryLog implements WriteAheadLog {
  // All state is guarded by this.
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
  private UUID identity = UUID.randomUUID();
  private long durable;
  private long generation;
  private long forgotten;
  private boolean slow;
  private String failure = "";

  /** From now on nothing becomes durable before {@link #catchUp}. */
  public synchronized void slowDown() {
    slow = true;
  }

  /** Makes everything durable that was appended. */
  public void catchUp() {
    List<CompletableFuture<Void>> due;
    synchronized (this) {
      slow = false;
      durable = records.size();
      due = List.copyOf(waiting.values());
      waiting.clear();
    }
    due.forEach(end -> end.complete(null));
  }

  /** Fails as a disk does: nothing that waits becomes durable, nothing more is taken. */
  public void breakDown(String cause) {
    List<CompletableFuture<Void>> lost;
    synchronized (this) {
      failure = cause;
      lost = List.copyOf(waiting.values());
      waiting.clear();
    }
    lost.forEach(end -> end.completeExceptionally(new Unavailable(cause)));
  }

  /** The same records in another log, as a restart finds them. */
  public synchronized MemoryLog restarted() {
    var next = new MemoryLog();
    next.records.addAll(records);
    next.identity = identity;
    next.durable = records.size();
    next.generation = generation;
    next.forgotten = forgotten;
    return next;
  }

  /** How many records were appended. */
  public synchronized int size() {
    return records.size();
  }

  @Override
  public synchronized void replay(LogPosition covered, Replay target) {
    if (covered.seq() < forgotten) {
      throw new IllegalStateException("records up to " + forgotten + " were forgotten");
    }
    for (int i = (int) covered.seq(); i < records.size(); i++) {
      target.record(i + 1, records.get(i));
    }
  }

  @Override
  public synchronized Next prepare() {
    if (!failure.isEmpty()) {
      throw new Unavailable(failure);
    }
    return new Next() {};
  }

  @Override
  public synchronized LogPosition begin(Next next) {
    return new LogPosition(records.size(), ++generation);
  }

  @Override
  public synchronized void forget(LogPosition covered) {
    forgotten = covered.seq();
  }

  @Override
  public synchronized long bytes() {
    return 100L * (records.size() - forgotten);
  }

  @Override
  public synchronized long append(LogRecord record) {
    if (!failure.isEmpty()) {
      throw new Unavailable(failure);
    }
    records.add(record);
    if (!slow) {
      durable = records.size();
    }
    return records.size();
  }

  @Override
  public synchronized CompletionStage<Void> durable(long seq) {
    if (!failure.isEmpty()) {
      return CompletableFuture.failedStage(new Unavailable(failure));
    }
    return slow && seq > 0
        ? waiting.computeIfAbsent(seq, _ -> new CompletableFuture<>())
        : CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized long durable() {
    return durable;
  }

  @Override
  public synchronized UUID identity() {
    return identity;
  }

  @Override
  public synchronized Optional<String> failure() {
    return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
  }

  @Override
  public void close() {}
}
