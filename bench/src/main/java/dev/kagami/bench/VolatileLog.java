package dev.kagami.bench;

import dev.kagami.agent.log.LogPosition;
import dev.kagami.agent.log.LogRecord;
import dev.kagami.agent.log.WriteAheadLog;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Numbers records and forgets them, so that a benchmark of searches has no disk in it. */
final class VolatileLog implements WriteAheadLog {
  private long last;

  @Override
  public void replay(LogPosition covered, Replay target) {}

  @Override
  public long append(LogRecord record) {
    return ++last;
  }

  @Override
  public CompletionStage<Void> durable(long seq) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public long durable() {
    return last;
  }

  @Override
  public UUID identity() {
    return new UUID(0, 0);
  }

  @Override
  public Next prepare() {
    return new Next() {};
  }

  @Override
  public LogPosition begin(Next next) {
    return new LogPosition(last, 0);
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
