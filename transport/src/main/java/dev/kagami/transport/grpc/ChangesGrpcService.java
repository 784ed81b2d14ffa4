package dev.kagami.transport.grpc;

import static dev.kagami.transport.peer.PeerInterceptor.currentCall;

import dev.kagami.api.v1.ChangesGrpc;
import dev.kagami.api.v1.FetchRequest;
import dev.kagami.api.v1.FetchResponse;
import dev.kagami.api.v1.HeadsRequest;
import dev.kagami.api.v1.HeadsResponse;
import dev.kagami.api.v1.LackingRequest;
import dev.kagami.api.v1.LackingResponse;
import dev.kagami.api.v1.LogsRequest;
import dev.kagami.api.v1.LogsResponse;
import dev.kagami.api.v1.SinceRequest;
import dev.kagami.api.v1.SinceResponse;
import dev.kagami.core.store.Changes;
import dev.kagami.transport.codec.ChangesCodec;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.StreamObserver;

/** {@code kagami.v1.Changes}: what is stored, for processes of this mesh that want the same. */
final class ChangesGrpcService extends ChangesGrpc.ChangesImplBase {
  private final Changes store;

  ChangesGrpcService(Changes store) {
    this.store = store;
  }

  @Override
  public void logs(LogsRequest request, StreamObserver<LogsResponse> answers) {
    Answers.send(
        Answers.started(() -> store.changeLogs(currentCall())).thenApply(ChangesCodec::response),
        answers);
  }

  @Override
  public void since(SinceRequest request, StreamObserver<SinceResponse> answers) {
    Answers.send(
        Answers.started(() ->
                store.changesSince(
                    ChangesCodec.position(request),
                    PayloadCodec.unsigned(request.getLimit()),
                    currentCall()))
            .thenApply(ChangesCodec::response),
        answers);
  }

  @Override
  public void heads(HeadsRequest request, StreamObserver<HeadsResponse> answers) {
    Answers.send(
        Answers.started(() ->
                store.heads(
                    ChangesCodec.cursor(request),
                    PayloadCodec.unsigned(request.getLimit()),
                    currentCall()))
            .thenApply(ChangesCodec::response),
        answers);
  }

  @Override
  public void lacking(LackingRequest request, StreamObserver<LackingResponse> answers) {
    Answers.send(
        Answers.started(() -> store.lacking(ChangesCodec.offered(request), currentCall()))
            .thenApply(ChangesCodec::lackingResponse),
        answers);
  }

  @Override
  public void fetch(FetchRequest request, StreamObserver<FetchResponse> answers) {
    Answers.send(
        Answers.started(() -> store.findAll(ChangesCodec.ids(request), currentCall()))
            .thenApply(ChangesCodec::fetchResponse),
        answers);
  }
}
