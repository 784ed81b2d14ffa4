package dev.kagami.transport.grpc;

import static dev.kagami.transport.peer.PeerInterceptor.currentCall;

import dev.kagami.api.v1.ApplyRequest;
import dev.kagami.api.v1.ApplyResponse;
import dev.kagami.api.v1.DropRequest;
import dev.kagami.api.v1.DropResponse;
import dev.kagami.api.v1.FindRequest;
import dev.kagami.api.v1.FindResponse;
import dev.kagami.api.v1.FlushRequest;
import dev.kagami.api.v1.FlushResponse;
import dev.kagami.api.v1.RevokeRequest;
import dev.kagami.api.v1.RevokeResponse;
import dev.kagami.api.v1.SearchRequest;
import dev.kagami.api.v1.SearchResponse;
import dev.kagami.api.v1.SettleRequest;
import dev.kagami.api.v1.SettleResponse;
import dev.kagami.api.v1.StoreGrpc;
import dev.kagami.api.v1.TrimRequest;
import dev.kagami.api.v1.TrimResponse;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.codec.ChangesCodec;
import dev.kagami.transport.codec.KeptCodec;
import dev.kagami.transport.codec.SearchCodec;
import dev.kagami.transport.codec.StatusMapping;
import dev.kagami.transport.codec.Times;
import dev.kagami.transport.codec.WriteCodec;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code kagami.v1.Store}: the port as it is, for processes of this mesh. */
final class StoreGrpcService extends StoreGrpc.StoreImplBase {
  private final VectorStore store;

  StoreGrpcService(VectorStore store) {
    this.store = store;
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> answers) {
    Answers.send(
        Answers.started(() -> store.apply(WriteCodec.mutation(request), currentCall()))
            .thenApply(WriteCodec::response)
            .exceptionallyCompose(StoreGrpcService::refusal),
        answers);
  }

  private static CompletionStage<ApplyResponse> refusal(Throwable thrown) {
    var failure = StatusMapping.failure(thrown);
    return WriteCodec.refusal(failure)
        .<CompletionStage<ApplyResponse>>map(CompletableFuture::completedStage)
        .orElseGet(() -> CompletableFuture.failedStage(failure));
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeResponse> answers) {
    Answers.send(
        Answers.started(() -> store.revoke(WriteCodec.mark(request), currentCall()))
            .thenApply(_ -> RevokeResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleResponse> answers) {
    Answers.send(
        Answers.started(() -> store.settle(Times.stamp(request.getStamp()), currentCall()))
            .thenApply(_ -> SettleResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void flush(FlushRequest request, StreamObserver<FlushResponse> answers) {
    Answers.send(
        Answers.started(() -> store.flush(Times.stamp(request.getStamp()), currentCall()))
            .thenApply(_ -> FlushResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void trim(TrimRequest request, StreamObserver<TrimResponse> answers) {
    Answers.send(
        Answers.started(() -> store.trim(ChangesCodec.horizon(request), currentCall()))
            .thenApply(_ -> TrimResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void drop(DropRequest request, StreamObserver<DropResponse> answers) {
    Answers.send(
        Answers.started(() -> store.drop(KeptCodec.copies(request), currentCall()))
            .thenApply(StoreGrpcService::response),
        answers);
  }

  private static DropResponse response(List<VectorId> dropped) {
    return DropResponse.newBuilder()
        .addAllIds(dropped.stream().map(VectorId::value).toList())
        .build();
  }

  @Override
  public void find(FindRequest request, StreamObserver<FindResponse> answers) {
    Answers.send(
        Answers.started(() -> store.find(new VectorId(request.getId()), currentCall()))
            .thenApply(KeptCodec::response),
        answers);
  }

  @Override
  public void search(SearchRequest request, StreamObserver<SearchResponse> answers) {
    Answers.send(
        Answers.started(() -> store.search(SearchCodec.query(request), currentCall()))
            .thenApply(SearchCodec::response),
        answers);
  }
}
