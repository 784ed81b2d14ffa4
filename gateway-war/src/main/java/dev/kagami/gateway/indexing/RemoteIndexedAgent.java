package dev.kagami.gateway.indexing;

import dev.kagami.core.store.IndexInfo;
import dev.kagami.transport.client.PlainCall;
import dev.kagami.transport.codec.IndexCodec;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
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
    return PlainCall.ask(
        channel, method, request, limit, failure -> StatusMapping.fromGrpc(failure, name));
  }
}
