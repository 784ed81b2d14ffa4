package dev.kagami.transport.grpc;

import com.google.rpc.Status;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The server side of one bidirectional stream: each request is answered once, as soon as its task
 * ends, so in any order; a failed one by a status beside the other answers, and the stream goes on.
 *
 * <p>At most {@value #IN_FLIGHT} requests are taken in and not yet sent out. A client that does not
 * read its answers is therefore not read from either, and memory stays bounded.
 *
 * @param <Q> one request
 * @param <S> one answer, or the status of a failure
 */
final class ItemStream<Q, S> implements StreamObserver<Q> {
  /** Requests taken in and not yet answered, Vald's default for one stream. */
  static final int IN_FLIGHT = 20;

  private final String name;
  private final ServerCallStreamObserver<S> answers;
  private final Function<Q, CompletionStage<S>> task;
  private final Function<Status, S> failure;

  private final Queue<S> done = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicInteger signals = new AtomicInteger();
  private volatile boolean halfClosed;
  private volatile boolean over;

  ItemStream(
      String name,
      ServerCallStreamObserver<S> answers,
      Function<Q, CompletionStage<S>> task,
      Function<Status, S> failure) {
    this.name = name;
    this.answers = answers;
    this.task = task;
    this.failure = failure;
  }

  /** Begins to read; call it once, while the call is being started. */
  StreamObserver<Q> open() {
    answers.disableAutoRequest();
    answers.setOnReadyHandler(this::send);
    answers.setOnCancelHandler(this::abandon);
    answers.request(IN_FLIGHT);
    return this;
  }

  @Override
  public void onNext(Q request) {
    unsent.incrementAndGet();
    task.apply(request)
        .whenComplete((answer, thrown) -> {
          done.add(thrown == null ? answer : failure.apply(status(thrown)));
          send();
        });
  }

  private Status status(Throwable thrown) {
    var error = StatusMapping.failure(thrown);
    FailureLog.log(name, error);
    return StatusMapping.toStatus(error);
  }

  @Override
  public void onCompleted() {
    halfClosed = true;
    send();
  }

  @Override
  public void onError(Throwable givenUp) {
    abandon();
  }

  private void abandon() {
    over = true;
    send();
  }

  /**
   * Sends what is done as far as the client takes it, and reads on as much as was sent. One thread
   * at a time does so, without making the others wait: they leave a signal, and it looks again.
   */
  private void send() {
    if (signals.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      if (over) {
        done.clear();
      } else {
        sendDone();
      }
      seen = signals.addAndGet(-seen);
    } while (seen > 0);
  }

  private void sendDone() {
    int sent = 0;
    while (!done.isEmpty() && answers.isReady()) {
      answers.onNext(done.remove());
      sent++;
    }
    boolean all = unsent.addAndGet(-sent) == 0;
    if (halfClosed && all) {
      over = true;
      answers.onCompleted();
    } else if (sent > 0) {
      answers.request(sent);
    }
  }
}
