package dev.kagami.transport.grpc;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.fanout.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The requests of one Multi call, run {@value #IN_FLIGHT} at a time. Not atomic: all are run,
 * whatever becomes of the others; then the call fails if any of them did, with the code of the
 * first of them by position.
 */
final class Batch<Q, A> {
  /** The most requests of one Multi call. */
  static final int MAX_ITEMS = 10_000;

  /** Requests under way at a time, Vald's default for one call. */
  static final int IN_FLIGHT = 20;

  private final String name;
  private final List<Q> requests;
  private final Function<Q, CompletionStage<A>> task;
  private final CompletableFuture<List<A>> end = new CompletableFuture<>();
  private final AtomicReferenceArray<Outcome<A>> results;
  private final AtomicInteger free = new AtomicInteger(IN_FLIGHT);
  private final AtomicInteger left;
  private final AtomicInteger signals = new AtomicInteger();
  private int next;

  Batch(String name, List<Q> requests, Function<Q, CompletionStage<A>> task) {
    this.name = name;
    this.requests = requests;
    this.task = task;
    this.results = new AtomicReferenceArray<>(requests.size());
    this.left = new AtomicInteger(requests.size());
  }

  /** The answers in request order. */
  CompletionStage<List<A>> run() {
    if (requests.size() > MAX_ITEMS) {
      return CompletableFuture.failedStage(
          new ResourceExhausted(
              name
                  + " API "
                  + requests.size()
                  + " requests in one call; the limit is "
                  + MAX_ITEMS));
    }
    if (requests.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    startNext();
    return end;
  }

  /**
   * Starts what there is room for. One thread at a time does so, however many tasks end meanwhile,
   * and tasks that end at once do not deepen the stack.
   */
  private void startNext() {
    if (signals.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      while (next < requests.size() && free.get() > 0) {
        free.decrementAndGet();
        start(next++);
      }
      seen = signals.addAndGet(-seen);
    } while (seen > 0);
  }

  private void start(int index) {
    task.apply(requests.get(index))
        .whenComplete((answer, failure) -> {
          results.set(index, Outcome.of(answer, failure));
          free.incrementAndGet();
          if (left.decrementAndGet() == 0) {
            finish();
          } else {
            startNext();
          }
        });
  }

  private void finish() {
    var answers = new ArrayList<A>(requests.size());
    var failures = new ArrayList<ErrorDetail>();
    ValdException first = null;
    for (int i = 0; i < results.length(); i++) {
      switch (results.get(i)) {
        case Outcome.Answered<A>(var answer) -> answers.add(answer);
        case Outcome.Rejected<A>(var error) -> first = failed(i, error, first, failures);
        case Outcome.Unknown<A>(var error) -> first = failed(i, error, first, failures);
      }
    }
    if (first == null) {
      end.complete(answers);
    } else {
      var message =
          name
              + " API "
              + failures.size()
              + " of "
              + requests.size()
              + " requests failed; first "
              + first.getMessage();
      end.completeExceptionally(first.retold(message, failures));
    }
  }

  private static ValdException failed(
      int index, ValdException error, ValdException first, List<ErrorDetail> failures) {
    failures.add(new ErrorDetail.FieldViolation("requests[" + index + "]", error.getMessage()));
    return first == null ? error : first;
  }
}
