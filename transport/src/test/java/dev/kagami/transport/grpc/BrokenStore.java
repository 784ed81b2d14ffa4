package dev.kagami.transport.grpc;

import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A store with a bug: every method throws what no store may throw. */
record BrokenStore(RuntimeException bug) implements VectorStore {
  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    throw bug;
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    throw bug;
  }
}
