package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.progress.Progress;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.vdaas.vald.api.v1.payload.Object.StreamLocation;
import org.vdaas.vald.api.v1.payload.Upsert;

/**
 * The answering half of a stream of upserts. gRPC calls it on one thread at a time while the
 * loading thread waits in it for room; the lock guards all counters.
 */
final class Answers implements ClientResponseObserver<Upsert.Request, StreamLocation> {

  private static final int REASONS = 5;

  private final Semaphore room;
  private final int unanswered;
  private final Duration patience;
  private final Progress progress;
  private final CountDownLatch end = new CountDownLatch(1);

  // Guarded by this.
  private Optional<ClientCallStreamObserver<Upsert.Request>> call = Optional.empty();
  private Optional<Status> broken = Optional.empty();
  private final Map<Status.Code, Long> refused = new EnumMap<>(Status.Code.class);
  private final List<String> reasons = new ArrayList<>();
  private long stored;
  private long alreadyThere;
  private long sent;
  private double shareSent;

  Answers(int unanswered, Duration patience, Progress progress) {
    this.room = new Semaphore(unanswered);
    this.unanswered = unanswered;
    this.patience = patience;
    this.progress = progress;
  }

  @Override
  public synchronized void beforeStart(ClientCallStreamObserver<Upsert.Request> stream) {
    call = Optional.of(stream);
  }

  @Override
  public void onNext(StreamLocation answer) {
    count(answer);
    room.release();
  }

  @Override
  public void onError(Throwable cause) {
    synchronized (this) {
      broken = Optional.of(Status.fromThrowable(cause));
    }
    end.countDown();
    room.release(unanswered); // so that the loading thread wakes up and sees it
  }

  @Override
  public void onCompleted() {
    end.countDown();
    room.release(unanswered);
  }

  /** Waits until one more may be sent. */
  void awaitRoom() throws InterruptedException {
    if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw silence();
    }
    if (end.getCount() == 0) {
      throw ended();
    }
  }

  /** Notes that one more was sent, which brings the sender so far. */
  synchronized void sent(double share) {
    sent++;
    shareSent = share;
  }

  /** Waits for the answers to all that was sent. */
  Tally awaitEnd() throws InterruptedException {
    // Patience is with each answer, so it starts anew whenever there was one.
    for (var before = tally(); !end.await(patience.toMillis(), TimeUnit.MILLISECONDS); ) {
      var now = tally();
      if (now.answered() == before.answered()) {
        throw silence();
      }
      before = now;
    }
    synchronized (this) {
      if (broken.isPresent() || tally().answered() != sent) {
        throw ended();
      }
      return tally();
    }
  }

  /** Ends the call if it has not ended. */
  void abandon() {
    if (end.getCount() > 0) {
      call().ifPresent(stream -> stream.cancel("the loader gave up", null));
    }
  }

  private synchronized void count(StreamLocation answer) {
    switch (answer.getPayloadCase()) {
      case LOCATION -> stored++;
      case STATUS -> count(answer.getStatus());
      case PAYLOAD_NOT_SET -> refuse(Status.Code.UNKNOWN, "an answer without content");
    }
    var answered = stored + alreadyThere + refused.values().stream().mapToLong(n -> n).sum();
    progress.reached(answered, sent == 0 ? 0 : shareSent * answered / sent);
  }

  private void count(com.google.rpc.Status status) {
    var code = Status.fromCodeValue(status.getCode()).getCode();
    // An upsert meets ALREADY_EXISTS only where the very same vector is stored.
    if (code == Status.Code.ALREADY_EXISTS) {
      alreadyThere++;
    } else {
      refuse(code, status.getMessage());
    }
  }

  private void refuse(Status.Code code, String message) {
    refused.merge(code, 1L, Long::sum);
    if (reasons.size() < REASONS) {
      reasons.add(code + ": " + message);
    }
  }

  private synchronized Optional<ClientCallStreamObserver<Upsert.Request>> call() {
    return call;
  }

  private synchronized Tally tally() {
    return new Tally(stored, alreadyThere, refused, reasons);
  }

  private CommandFailure silence() {
    return new CommandFailure(
        "No answer for " + patience.toSeconds() + " s, after " + tally().answered() + " answers.");
  }

  private synchronized CommandFailure ended() {
    var cause =
        broken
            .map(status -> status.getCode() + ": " + status.getDescription())
            .orElse("the server ended it");
    return new CommandFailure(
        "The stream broke after " + tally().answered() + " answers: " + cause);
  }
}
