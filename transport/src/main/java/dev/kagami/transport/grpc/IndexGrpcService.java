package dev.kagami.transport.grpc;

import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.codec.PayloadCodec;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.vald.IndexGrpc;

/** {@code vald.v1.Index}. */
final class IndexGrpcService extends IndexGrpc.IndexImplBase {
  private final Operation<Empty, Info.Index.Count> indexInfo;

  IndexGrpcService(VectorStore store) {
    this.indexInfo =
        Operation.reading(
            "IndexInfo", (_, call) -> store.indexInfo(call).thenApply(PayloadCodec::count));
  }

  @Override
  public void indexInfo(Empty request, StreamObserver<Info.Index.Count> answers) {
    indexInfo.unary(request, answers);
  }
}
