package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.concurrent.CompletionStage;

/** Throws at every call, before there is a stage. */
record ThrowingVectorStore(RuntimeException thrown) implements VectorStore {

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
}
