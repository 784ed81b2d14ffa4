package dev.kagami.transport.grpc;

import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.Inspection;
import dev.kagami.transport.codec.IndexCodec;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.vald.IndexGrpc;

/** {@code vald.v1.Index}. */
final class IndexGrpcService extends IndexGrpc.IndexImplBase {
  private final Operation<Empty, Info.Index.Count> indexInfo;
  private final Operation<Empty, Info.Index.Detail> indexDetail;
  private final Operation<Empty, Info.Index.Statistics> indexStatistics;
  private final Operation<Empty, Info.Index.StatisticsDetail> indexStatisticsDetail;
  private final Operation<Empty, Info.Index.PropertyDetail> indexProperty;

  IndexGrpcService(Inspection store) {
    this.indexInfo =
        Operation.reading(
            "IndexInfo", (_, call) -> store.indexInfo(call).thenApply(IndexCodec::count));
    this.indexDetail =
        Operation.reading(
            "IndexDetail", (_, call) -> store.indexDetail(call).thenApply(IndexCodec::detail));
    this.indexStatistics =
        Operation.reading(
            "IndexStatistics",
            (_, call) ->
                store
                    .statistics(call)
                    .thenApply(all ->
                        IndexCodec.statistics(
                            all.values().stream()
                                .reduce(GraphStatistics.EMPTY, GraphStatistics::plus))));
    this.indexStatisticsDetail =
        Operation.reading(
            "IndexStatisticsDetail",
            (_, call) -> store.statistics(call).thenApply(IndexCodec::detail));
    this.indexProperty =
        Operation.reading(
            "IndexProperty", (_, call) -> store.properties(call).thenApply(IndexCodec::properties));
  }

  @Override
  public void indexInfo(Empty request, StreamObserver<Info.Index.Count> answers) {
    indexInfo.unary(request, answers);
  }

  @Override
  public void indexDetail(Empty request, StreamObserver<Info.Index.Detail> answers) {
    indexDetail.unary(request, answers);
  }

  @Override
  public void indexStatistics(Empty request, StreamObserver<Info.Index.Statistics> answers) {
    indexStatistics.unary(request, answers);
  }

  @Override
  public void indexStatisticsDetail(
      Empty request, StreamObserver<Info.Index.StatisticsDetail> answers) {
    indexStatisticsDetail.unary(request, answers);
  }

  @Override
  public void indexProperty(Empty request, StreamObserver<Info.Index.PropertyDetail> answers) {
    indexProperty.unary(request, answers);
  }
}
