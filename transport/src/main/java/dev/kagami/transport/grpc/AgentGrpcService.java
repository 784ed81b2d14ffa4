package dev.kagami.transport.grpc;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;

/** {@code core.v1.Agent}: what an operator may ask of an index. */
final class AgentGrpcService extends AgentGrpc.AgentImplBase {
  private final VectorStore store;
  private final Operation<Control.CreateIndexRequest, Empty> createIndex;
  private final Operation<Empty, Empty> saveIndex;
  private final Operation<Control.CreateIndexRequest, Empty> createAndSaveIndex;

  AgentGrpcService(VectorStore store) {
    this.store = store;
    this.createIndex =
        Operation.reading(
            "CreateIndex",
            (request, call) -> create(request.getPoolSize(), call).thenApply(_ -> done()));
    this.saveIndex = Operation.reading("SaveIndex", (_, call) -> save(call));
    this.createAndSaveIndex =
        Operation.reading(
            "CreateAndSaveIndex",
            (request, call) ->
                create(request.getPoolSize(), call)
                    .exceptionallyCompose(AgentGrpcService::unlessNothingIsNew)
                    .thenCompose(_ -> save(call)));
  }

  private CompletionStage<Void> create(int poolSize, CallContext call) {
    return store
        .maintain(Maintenance.CREATE_INDEX, call)
        .exceptionallyCompose(thrown -> {
          var failure = StatusMapping.failure(thrown);
          return CompletableFuture.failedStage(
              failure instanceof FailedPrecondition ? asVald(failure, poolSize) : failure);
        });
  }

  private static ValdException asVald(ValdException nothingNew, int poolSize) {
    return nothingNew.retold(
        "failed to create indexes pool_size = "
            + Integer.toUnsignedString(poolSize)
            + " due to the precondition failure, error: "
            + nothingNew.getMessage(),
        List.of());
  }

  /** Where nothing was written since the last CreateIndex there may still be something to save. */
  private static CompletionStage<Void> unlessNothingIsNew(Throwable thrown) {
    var failure = StatusMapping.failure(thrown);
    return failure instanceof FailedPrecondition
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(failure);
  }

  private CompletionStage<Empty> save(CallContext call) {
    return store.maintain(Maintenance.SAVE_INDEX, call).thenApply(_ -> done());
  }

  private static Empty done() {
    return Empty.getDefaultInstance();
  }

  @Override
  public void createIndex(Control.CreateIndexRequest request, StreamObserver<Empty> answers) {
    createIndex.unary(request, answers);
  }

  @Override
  public void saveIndex(Empty request, StreamObserver<Empty> answers) {
    saveIndex.unary(request, answers);
  }

  @Override
  public void createAndSaveIndex(
      Control.CreateIndexRequest request, StreamObserver<Empty> answers) {
    createAndSaveIndex.unary(request, answers);
  }
}
