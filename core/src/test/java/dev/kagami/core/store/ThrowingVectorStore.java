package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Throws at every call, before there is a stage. */
public record ThrowingVectorStore(RuntimeException thrown) implements VectorStore {

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    throw thrown;
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    throw thrown;
  }
}
