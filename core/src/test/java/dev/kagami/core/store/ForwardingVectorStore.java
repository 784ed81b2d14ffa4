package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Passes every call on; a subclass changes what it is about. */
public class ForwardingVectorStore implements VectorStore {
  private final VectorStore behind;

  protected ForwardingVectorStore(VectorStore behind) {
    this.behind = behind;
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return behind.apply(mutation, context);
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return behind.revoke(mark, context);
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return behind.settle(settled, context);
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return behind.trim(horizon, context);
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return behind.drop(copies, context);
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return behind.find(id, context);
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return behind.search(query, context);
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return behind.indexInfo(context);
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return behind.maintain(task, context);
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return behind.flush(upTo, context);
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return behind.indexDetail(context);
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return behind.statistics(context);
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return behind.properties(context);
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return behind.changeLogs(context);
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return behind.changesSince(position, limit, context);
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return behind.heads(cursor, limit, context);
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return behind.lacking(offered, context);
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return behind.findAll(ids, context);
  }
}
