package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a write is told, and whose record must be durable before.
 *
 * @param value empty for a write that is told nothing, or a refusal
 * @param seq the log's number of what the answer rests on; 0 for nothing
 */
record Answer<R>(Optional<R> value, Optional<ValdException> refusal, long seq) {

  static <R> Answer<R> of(R value, long seq) {
    return new Answer<>(Optional.of(value), Optional.empty(), seq);
  }

  static Answer<Void> of(long seq) {
    return new Answer<>(Optional.empty(), Optional.empty(), seq);
  }

  static <R> Answer<R> refused(ValdException refusal, long seq) {
    return new Answer<>(Optional.empty(), Optional.of(refusal), seq);
  }

  void giveTo(CompletableFuture<R> asking) {
    refusal.ifPresentOrElse(
        asking::completeExceptionally, () -> asking.complete(value.orElse(null)));
  }
}
