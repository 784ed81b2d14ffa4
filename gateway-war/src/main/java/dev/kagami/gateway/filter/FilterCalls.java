package dev.kagami.gateway.filter;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.PlainCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Unary calls to filters, which know nothing of this mesh's secret. Thread-safe. */
final class FilterCalls {
  /** The most filters that are known at a time; requests could name any number. */
  static final int MOST_FILTERS = 256;

  private final ChannelPool channels;
  private final Duration timeout;
  private final InstantSource clock;
  private final Set<Address> known = ConcurrentHashMap.newKeySet();

  FilterCalls(ChannelPool channels, Duration timeout, InstantSource clock) {
    this.channels = channels;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Asks the filter at {@code target}. Fails with UNAVAILABLE if it cannot be reached,
   * DEADLINE_EXCEEDED if it is silent, INTERNAL if it fails, naming it and its own code.
   */
  <Q, A> CompletionStage<A> ask(
      Address target, MethodDescriptor<Q, A> method, Q request, CallContext call) {
    var now = clock.instant();
    var left = Duration.between(now, call.within(timeout, now).deadline());
    if (!left.isPositive()) {
      return CompletableFuture.failedStage(
          new DeadlineExceeded("filter " + target + " is not asked: the deadline has passed"));
    }
    if (known.size() >= MOST_FILTERS && !known.contains(target)) {
      return CompletableFuture.failedStage(
          new ResourceExhausted(
              "filter " + target + " is not asked: " + MOST_FILTERS + " others are known"));
    }
    known.add(target);
    return PlainCall.ask(
        channels.channel(target), method, request, left, failure -> told(target, failure));
  }

  private static ValdException told(Address target, Throwable failure) {
    var status = Status.fromThrowable(failure);
    var filter = "filter " + target;
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          new Unavailable(filter + " cannot be reached: " + status.getDescription());
      case DEADLINE_EXCEEDED -> new DeadlineExceeded(filter + " did not answer in time");
      default ->
          new Internal(
              filter + " failed with " + status.getCode() + ": " + status.getDescription(),
              failure);
    };
  }
}
