package dev.kagami.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client of a bidirectional stream that reads only as much as it is told to. */
final class StreamClient<Q, A> implements ClientResponseObserver<Q, A> {
  private final List<A> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status.Code> end = new CompletableFuture<>();
  private ClientCallStreamObserver<Q> requests;

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    this.requests = requests;
    requests.disableAutoRequestWithInitial(0);
  }

  void send(Q request) {
    requests.onNext(request);
  }

  void halfClose() {
    requests.onCompleted();
  }

  void cancel() {
    requests.cancel("the test gives up", null);
  }

  /** Takes this many more answers. */
  void read(int number) {
    requests.request(number);
  }

  /** What has come so far. */
  List<A> received() {
    return received;
  }

  /** How the stream ended. */
  Status.Code end() {
    return Eventually.get(end);
  }

  @Override
  public void onNext(A answer) {
    received.add(answer);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure).getCode());
  }

  @Override
  public void onCompleted() {
    end.complete(Status.Code.OK);
  }
}
