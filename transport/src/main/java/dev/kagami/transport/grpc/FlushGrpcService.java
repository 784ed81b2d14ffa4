package dev.kagami.transport.grpc;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Flush;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.vald.FlushGrpc;

/** {@code vald.v1.Flush}: removes everything, and answers that nothing is left, as Vald does. */
final class FlushGrpcService extends FlushGrpc.FlushImplBase {
  private final Operation<Flush.Request, Info.Index.Count> flush;

  FlushGrpcService(VectorStore store) {
    this.flush =
        Operation.reading(
            "Flush",
            (_, call) ->
                store
                    .flush(Stamp.NONE, call)
                    .thenApply(_ -> Info.Index.Count.getDefaultInstance()));
  }

  @Override
  public void flush(Flush.Request request, StreamObserver<Info.Index.Count> answers) {
    flush.unary(request, answers);
  }
}
