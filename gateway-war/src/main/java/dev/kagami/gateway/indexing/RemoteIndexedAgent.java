package dev.kagami.gateway.indexing;

import dev.kagami.core.store.IndexInfo;
import dev.kagami.transport.codec.IndexCodec;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.vald.IndexGrpc;

/** An agent of Vald's, or one of ours, asked by Vald's own RPCs. Thread-safe. */
public final class RemoteIndexedAgent implements IndexedAgent {
  static final Duration INFO_LIMIT = Duration.ofSeconds(5);

  /** Building and saving move all of an index; a lost connection ends the call earlier. */
  static final Duration WORK_LIMIT = Duration.ofHours(1);

  private final String name;
  private final Channel channel;

  public RemoteIndexedAgent(String name, Channel channel) {
    this.name = name;
    this.channel = channel;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<IndexInfo> info() {
    return ask(IndexGrpc.getIndexInfoMethod(), Empty.getDefaultInstance(), INFO_LIMIT)
        .thenApply(IndexCodec::indexInfo);
  }

  @Override
  public CompletionStage<Void> createIndex(int poolSize) {
    return ask(
            AgentGrpc.getCreateIndexMethod(),
            Control.CreateIndexRequest.newBuilder().setPoolSize(poolSize).build(),
            WORK_LIMIT)
        .thenApply(_ -> null);
  }

  @Override
  public CompletionStage<Void> saveIndex() {
    return ask(AgentGrpc.getSaveIndexMethod(), Empty.getDefaultInstance(), WORK_LIMIT)
        .thenApply(_ -> null);
  }

  private <Q, A> CompletionStage<A> ask(MethodDescriptor<Q, A> method, Q request, Duration limit) {
    var answer = new Answer<A>(name);
    var options = CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS);
    Context.ROOT.run(
        () -> ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer));
    return answer;
  }

  private static final class Answer<A> extends CompletableFuture<A> implements StreamObserver<A> {
    private final String target;

    Answer(String target) {
      this.target = target;
    }

    @Override
    public void onNext(A answer) {
      complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      completeExceptionally(StatusMapping.fromGrpc(failure, target));
    }

    @Override
    public void onCompleted() {
      // gRPC reports a missing answer by onError
    }
  }
}
