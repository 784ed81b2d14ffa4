package dev.kagami.gateway.indexing;

import dev.kagami.core.store.IndexInfo;
import java.util.concurrent.CompletionStage;

/**
 * An agent that is told when to build and save its index. Nothing blocks; stages fail with a {@link
 * dev.kagami.core.error.ValdException} only.
 */
public interface IndexedAgent {

  /** By which it is told from others, and people know it. */
  String name();

  CompletionStage<IndexInfo> info();

  /**
   * Builds the index, and ends when it is done. FAILED_PRECONDITION if there is nothing to do.
   *
   * @param poolSize how many vectors it takes in at a time, as far as it cares
   */
  CompletionStage<Void> createIndex(int poolSize);

  /** Saves the index. FAILED_PRECONDITION if there is nothing to do. */
  CompletionStage<Void> saveIndex();
}
