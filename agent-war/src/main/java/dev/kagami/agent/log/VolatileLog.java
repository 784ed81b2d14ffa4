package dev.kagami.agent.log;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A log that only counts: all that an agent holds is gone when it ends. Thread-safe. */
public final class VolatileLog implements WriteAheadLog {
  private final UUID identity = UUID.randomUUID();
  private final AtomicLong last = new AtomicLong();

  @Override
  public void replay(LogPosition covered, Replay target) {}

  @Override
  public long append(LogRecord record) {
    return last.incrementAndGet();
  }

  @Override
  public CompletionStage<Void> durable(long seq) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public long durable() {
    return last.get();
  }

  @Override
  public UUID identity() {
    return identity;
  }

  @Override
  public Next prepare() {
    return new Next() {};
  }

  @Override
  public LogPosition begin(Next next) {
    return new LogPosition(last.get(), 0);
  }

  @Override
  public void forget(LogPosition covered) {}

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
