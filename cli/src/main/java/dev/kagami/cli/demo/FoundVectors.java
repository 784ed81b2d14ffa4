package dev.kagami.cli.demo;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * Collects the answers of StreamGetObject, which come in any order. gRPC calls it on one thread at
 * a time; the latch makes what it wrote visible to the one that waits.
 */
final class FoundVectors implements StreamObserver<Object.StreamVector> {

  private final Map<String, Object.Vector> found = new HashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private Optional<Status> failure = Optional.empty();

  @Override
  public void onNext(Object.StreamVector answer) {
    if (answer.hasVector()) {
      found.put(answer.getVector().getId(), answer.getVector());
    } else if (answer.getStatus().getCode() != Status.Code.NOT_FOUND.value()) {
      failure =
          Optional.of(
              Status.fromCodeValue(answer.getStatus().getCode())
                  .withDescription(answer.getStatus().getMessage()));
    }
  }

  @Override
  public void onError(Throwable cause) {
    failure = Optional.of(Status.fromThrowable(cause));
    end.countDown();
  }

  @Override
  public void onCompleted() {
    end.countDown();
  }

  /**
   * By id, without those that were not found.
   *
   * @throws io.grpc.StatusRuntimeException if one could not be read, or the stream broke
   */
  Map<String, Object.Vector> await() throws InterruptedException {
    end.await(); // the call has a deadline
    if (failure.isPresent()) {
      throw failure.get().asRuntimeException();
    }
    return Collections.unmodifiableMap(found);
  }
}
