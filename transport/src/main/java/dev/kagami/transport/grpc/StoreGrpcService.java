package dev.kagami.transport.grpc;

import static dev.kagami.transport.peer.PeerInterceptor.currentCall;

import dev.kagami.api.v1.ApplyRequest;
import dev.kagami.api.v1.ApplyResponse;
import dev.kagami.api.v1.FindRequest;
import dev.kagami.api.v1.FindResponse;
import dev.kagami.api.v1.RevokeRequest;
import dev.kagami.api.v1.RevokeResponse;
import dev.kagami.api.v1.SearchRequest;
import dev.kagami.api.v1.SearchResponse;
import dev.kagami.api.v1.SettleRequest;
import dev.kagami.api.v1.SettleResponse;
import dev.kagami.api.v1.StoreGrpc;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.codec.KagamiCodec;
import dev.kagami.transport.codec.StatusMapping;
import dev.kagami.transport.codec.Times;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code kagami.v1.Store}: the port as it is, for processes of this mesh. */
final class StoreGrpcService extends StoreGrpc.StoreImplBase {
  private final VectorStore store;

  StoreGrpcService(VectorStore store) {
    this.store = store;
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> answers) {
    Answers.send(
        started(() -> store.apply(KagamiCodec.mutation(request), currentCall()))
            .thenApply(KagamiCodec::response)
            .exceptionallyCompose(StoreGrpcService::refusal),
        answers);
  }

  private static CompletionStage<ApplyResponse> refusal(Throwable thrown) {
    var failure = StatusMapping.failure(thrown);
    return KagamiCodec.refusal(failure)
        .<CompletionStage<ApplyResponse>>map(CompletableFuture::completedStage)
        .orElseGet(() -> CompletableFuture.failedStage(failure));
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeResponse> answers) {
    Answers.send(
        started(() -> store.revoke(KagamiCodec.mark(request), currentCall()))
            .thenApply(_ -> RevokeResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleResponse> answers) {
    Answers.send(
        started(() -> store.settle(Times.stamp(request.getStamp()), currentCall()))
            .thenApply(_ -> SettleResponse.getDefaultInstance()),
        answers);
  }

  @Override
  public void find(FindRequest request, StreamObserver<FindResponse> answers) {
    Answers.send(
        started(() -> store.find(new VectorId(request.getId()), currentCall()))
            .thenApply(KagamiCodec::response),
        answers);
  }

  @Override
  public void search(SearchRequest request, StreamObserver<SearchResponse> answers) {
    Answers.send(
        started(() -> store.search(KagamiCodec.query(request), currentCall()))
            .thenApply(KagamiCodec::response),
        answers);
  }

  /** A request that is refused at once, by decoding or by the store, is a failed stage as well. */
  private static <R> CompletionStage<R> started(Supplier<CompletionStage<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }
}
