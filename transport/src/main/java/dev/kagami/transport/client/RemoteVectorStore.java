package dev.kagami.transport.client;

import dev.kagami.api.v1.ChangesGrpc;
import dev.kagami.api.v1.FindRequest;
import dev.kagami.api.v1.FlushRequest;
import dev.kagami.api.v1.LogsRequest;
import dev.kagami.api.v1.SettleRequest;
import dev.kagami.api.v1.StoreGrpc;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.IndexDetail;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.IndexProperty;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.codec.ChangesCodec;
import dev.kagami.transport.codec.IndexCodec;
import dev.kagami.transport.codec.KeptCodec;
import dev.kagami.transport.codec.SearchCodec;
import dev.kagami.transport.codec.WriteCodec;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.vald.IndexGrpc;

/**
 * The store of another process of this mesh, asked by {@code kagami.v1}; its size and its upkeep,
 * which our protocol has no words for, by Vald's RPCs.
 *
 * <p>Every stage ends: by the answer, or by the context's deadline, or where that is missing after
 * {@link #DEFAULT_LIMIT}. It fails with a {@link dev.kagami.core.error.ValdException} only. The
 * call's outcome is unknown after DEADLINE_EXCEEDED, UNAVAILABLE and CANCELLED: a write may have
 * landed. Thread-safe.
 */
public final class RemoteVectorStore implements VectorStore {
  /** How long an answer is waited for if the context has no deadline. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

  /** As {@link #DEFAULT_LIMIT}, for upkeep, which may move all of an index. */
  public static final Duration MAINTENANCE_LIMIT = Duration.ofMinutes(10);

  private final RemoteCalls calls;

  /**
   * The store behind {@code channel}.
   *
   * @param target the other process's name, used in messages
   */
  public RemoteVectorStore(Channel channel, String target, MeshSecret secret, InstantSource clock) {
    this.calls = new RemoteCalls(channel, target, secret, clock);
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return ask(
        StoreGrpc.getApplyMethod(),
        WriteCodec.request(mutation),
        context,
        response -> WriteCodec.applied(mutation.id(), response));
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return ask(StoreGrpc.getRevokeMethod(), WriteCodec.request(mark), context, _ -> null);
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return ask(
        StoreGrpc.getSettleMethod(),
        SettleRequest.newBuilder().setStamp(settled.value()).build(),
        context,
        _ -> null);
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return calls.ask(
        StoreGrpc.getFlushMethod(),
        FlushRequest.newBuilder().setStamp(upTo.value()).build(),
        context,
        MAINTENANCE_LIMIT,
        _ -> null);
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return calls.ask(
        StoreGrpc.getTrimMethod(),
        ChangesCodec.request(horizon),
        context,
        MAINTENANCE_LIMIT,
        _ -> null);
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return ask(
        StoreGrpc.getDropMethod(),
        KeptCodec.request(copies),
        context,
        response -> response.getIdsList().stream().map(VectorId::new).toList());
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return ask(
        StoreGrpc.getFindMethod(),
        FindRequest.newBuilder().setId(id.value()).build(),
        context,
        response -> KeptCodec.kept(id, response));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return ask(
        StoreGrpc.getSearchMethod(),
        SearchCodec.request(query),
        context,
        response -> SearchCodec.result(query.options().num(), response));
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return ask(
        IndexGrpc.getIndexInfoMethod(), Empty.getDefaultInstance(), context, IndexCodec::indexInfo);
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return ask(
        IndexGrpc.getIndexDetailMethod(), Empty.getDefaultInstance(), context, IndexCodec::detail);
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return calls.ask(
        IndexGrpc.getIndexStatisticsDetailMethod(),
        Empty.getDefaultInstance(),
        context,
        MAINTENANCE_LIMIT,
        IndexCodec::statistics);
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return ask(
        IndexGrpc.getIndexPropertyMethod(),
        Empty.getDefaultInstance(),
        context,
        IndexCodec::properties);
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return switch (task) {
      case CREATE_INDEX ->
          calls.ask(
              AgentGrpc.getCreateIndexMethod(),
              Control.CreateIndexRequest.getDefaultInstance(),
              context,
              MAINTENANCE_LIMIT,
              _ -> null);
      case SAVE_INDEX ->
          calls.ask(
              AgentGrpc.getSaveIndexMethod(),
              Empty.getDefaultInstance(),
              context,
              MAINTENANCE_LIMIT,
              _ -> null);
    };
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return ask(
        ChangesGrpc.getLogsMethod(), LogsRequest.getDefaultInstance(), context, ChangesCodec::logs);
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return ask(
        ChangesGrpc.getSinceMethod(),
        ChangesCodec.request(position, limit),
        context,
        response -> ChangesCodec.page(position, response));
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return ask(
        ChangesGrpc.getHeadsMethod(),
        ChangesCodec.request(cursor, limit),
        context,
        response -> ChangesCodec.page(cursor, response));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return ask(
        ChangesGrpc.getLackingMethod(),
        ChangesCodec.lackingRequest(offered),
        context,
        ChangesCodec::lacking);
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return ids.isEmpty() ? CompletableFuture.completedStage(List.of()) : fetch(ids, context);
  }

  /** One answer may leave out the last ids, so it asks again for those. */
  private CompletionStage<List<Kept>> fetch(List<VectorId> ids, CallContext context) {
    return ask(
            ChangesGrpc.getFetchMethod(),
            ChangesCodec.fetchRequest(ids),
            context,
            response -> ChangesCodec.fetched(ids, response))
        .thenCompose(first ->
            findAll(ids.subList(first.size(), ids.size()), context)
                .thenApply(rest -> Stream.concat(first.stream(), rest.stream()).toList()));
  }

  private <Q, A, R> CompletionStage<R> ask(
      MethodDescriptor<Q, A> method, Q request, CallContext context, Function<A, R> decode) {
    return calls.ask(method, request, context, DEFAULT_LIMIT, decode);
  }
}
